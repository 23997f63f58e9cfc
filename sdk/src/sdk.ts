import type { Albums } from './api/albums.ts'
import type { Comments } from './api/comments.ts'
import { lazyApi, lazyCalls } from './api/lazy-calls.ts'
import type { Playlists } from './api/playlists.ts'
import type { Resolve } from './api/resolve.ts'
import type { Search } from './api/search.ts'
import type { Tracks } from './api/tracks.ts'
import type { Users } from './api/users.ts'
import { explainAt, failure } from './errors/errors.ts'
import type { Client } from './http/client.ts'
import type { Bound, Proofs } from './http/proofs.ts'
import { isBare, originOf } from './http/url.ts'
import { type LoadLazy, type LoginFlow, type OAuth, oauthOf } from './oauth.ts'
import type { Platform } from './platform/platform.ts'
import { keyValueTokenStore, memoryStorage, type TokenStore } from './platform/token-store.ts'
import type { App, OpenUrl } from './protocol/authorization-request.ts'
import { transactionsOf } from './protocol/transaction.ts'
import type { LoginContext } from './session/context.ts'
import { observed } from './session/events.ts'
import { sessionOf } from './session/session.ts'
import { type LoadUploads, uploadsOf } from './uploads/lazy.ts'
import type { Uploads } from './uploads/uploads.ts'

/** Who the app is, and where it logs in. */
export interface SdkConfig {
  /** The app's name; enough for scope `read`. */
  readonly appName?: string | undefined
  /** The developer app's key: 40 hex digits, with or without `0x`. An empty one is refused, as a variable is not set. */
  readonly apiKey?: string | undefined
  /** The registered callback page. */
  readonly redirectUri?: string | undefined
  /** The server's public URL; `https://api.audius.co` by default. */
  readonly apiEndpoint?: string | undefined
  /**
   * Binds the tokens to a key that stays in the browser or the process, so that whoever steals them can use none (DPoP,
   * RFC 9449). Not in React Native.
   */
  readonly dpop?: boolean | undefined
  /** Says in the console what an app leaves undone; by itself where `apiEndpoint` is this machine. */
  readonly debug?: boolean | undefined
  /** Parts of the SDK to replace by your own. */
  readonly services?: {
    /** Where tokens are kept; by default in localStorage, or in memory where that is blocked. */
    readonly tokenStore?: TokenStore | undefined
    /** Shows authorization pages in place of a window. */
    readonly openUrl?: OpenUrl | undefined
  }
}

/** An app's connection to Audius. Instances of one app share their session. */
export interface Sdk {
  /** Logging in and out, and who is logged in. */
  readonly oauth: OAuth
  /** Who is on Audius, what they have published and saved. */
  readonly users: Users
  /** Looking at tracks, publishing, saving and reposting them. */
  readonly tracks: Tracks
  /** Playlists: looking at them, making and changing one's own. */
  readonly playlists: Playlists
  /** Albums, which are playlists of another name. */
  readonly albums: Albums
  /** What people say about tracks. */
  readonly comments: Comments
  /** One search for everything. */
  readonly search: Search
  /**
   * What the permalink of a user, track or playlist names, or the URL of a page that shows it.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  readonly resolve: Resolve
  /** Uploading audio and images. */
  readonly uploads: Uploads
}

/** The key as the server writes it, without the quotes and spaces that a file of settings or a paste leaves around it. */
function normalApiKey(apiKey: string | undefined): string | null {
  if (apiKey === undefined || apiKey === null) return null
  const key = apiKey.toLowerCase().replace(/["'\s]|\b0x/g, '')
  if (!/^[0-9a-f]{40}$/.test(key)) throw failure('invalid_api_key', { reason: `${key.length} given` })
  return key
}

/** The server's origin. What stands behind it would be lost on the way to pages and metadata: the SDK adds `/v1` itself. */
function normalEndpoint(apiEndpoint: string): string {
  const origin = originOf(apiEndpoint) ?? ''
  if (!/^https?:/.test(origin)) throw failure('invalid_api_endpoint')
  if (!isBare(apiEndpoint)) throw failure('invalid_api_endpoint', { reason: `write ${origin}` })
  explainAt(origin)
  return origin
}

/** Loads what makes the proofs of an instance. Rejects with `unreachable`. */
type LoadProofs = () => Promise<{
  proofsOf(name: string, store: TokenStore, platform: Platform, bound: Bound): Proofs
}>

/** What an entry brings along besides its platform. */
export interface Parts<P extends Platform, D extends LoginFlow> {
  /** How people log in on such a platform. */
  readonly login: (context: LoginContext<P>) => D
  /** Where tokens are kept by default; the platform's storage when left out. */
  readonly tokenStore?: (key: string) => TokenStore
  readonly lazy: LoadLazy
  /** What talks to the server, loaded when it must. Rejects with `unreachable`. */
  readonly online: () => Promise<typeof import('./online.ts')>
  readonly uploads: LoadUploads
  /** What binds tokens to a key, loaded where the app asks for it; left out where nothing can. */
  readonly dpop?: LoadProofs
}

/** Assembles the SDK on a platform. Throws ConfigurationError `invalid_api_key` or `invalid_api_endpoint`. */
export function sdkOn<P extends Platform, D extends LoginFlow>(
  platform: P,
  config: SdkConfig,
  { login, lazy, online, tokenStore, uploads, dpop }: Parts<P, D>,
): Omit<Sdk, 'oauth'> & { readonly oauth: OAuth & Omit<D, 'readySession'> } {
  const { appName, apiKey, redirectUri, apiEndpoint = 'https://api.audius.co', debug, services } = config
  const app: App = {
    issuer: normalEndpoint(apiEndpoint),
    apiKey: normalApiKey(apiKey),
    hasKey: 'apiKey' in config,
    appName,
    redirectUri,
    openUrl: services?.openUrl,
    debug,
    bound: {},
  }
  // Tokens and logins are one app's at one server: they must not reach another that this origin also uses.
  const name = `stagedoor:${app.issuer}:${app.apiKey ?? appName ?? ''}`
  const key = `${name}:tokens`
  const store = services?.tokenStore ?? tokenStore?.(key) ?? keyValueTokenStore(platform.storage, key)
  const proofs =
    config.dpop && dpop
      ? lazyCalls(async () => (await dpop()).proofsOf(name, store, platform, app.bound))
      : undefined
  proofs?.prepare().catch(() => {})
  const client = lazyCalls<Client>(async () =>
    (await online()).clientOf(`${app.issuer}/v1`, app.apiKey, proofs),
  )
  const seen = observed()
  // Whoever keeps tokens elsewhere wants none in the platform's storage.
  const notes = services?.tokenStore ? memoryStorage() : platform.storage
  const session = sessionOf(name, platform, client, store, seen, notes, online)
  const context = {
    name,
    app,
    platform,
    client,
    proofs,
    session,
    observed: seen,
    transactions: transactionsOf(platform, name),
  }
  const { readySession = session, ...own } = login(context)
  const calling = { ...context, session: readySession }
  return {
    oauth: oauthOf(own, calling, lazy),
    ...lazyApi(async () => (await lazy()).apiOf(calling)),
    uploads: uploadsOf(name, calling, uploads, lazy),
  }
}
