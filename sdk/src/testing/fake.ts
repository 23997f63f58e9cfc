import { apiOf } from '../api/all.ts'
import type { CurrentUser } from '../api/current-user.ts'
import { fetchFrom } from '../api/fetch.ts'
import { abortable } from '../http/abort.ts'
import * as flow from '../login/flow.ts'
import { windowLogin } from '../login/window-login.ts'
import { type OAuth, oauthOf } from '../oauth.ts'
import { memoryTokenStore } from '../platform/token-store.ts'
import type { App, LoginOptions } from '../protocol/authorization-request.ts'
import { transactionsOf } from '../protocol/transaction.ts'
import type { Sdk } from '../sdk.ts'
import { authorized } from '../session/authorized.ts'
import { observed } from '../session/events.ts'
import { sendLogouts } from '../session/revocations.ts'
import { markerOf, sessionOf } from '../session/session.ts'
import { trade } from '../session/trade.ts'
import { watch } from '../session/watch.ts'
import { fakePlatform, type LoginOutcome } from './platform.ts'
import { clientOf, type FakeServer, reach, userOf } from './server.ts'
import { fakeUploads } from './uploads.ts'

/** How a fake begins. */
export interface FakeOptions {
  /** Who logs in, as far as it matters to the test. */
  readonly user?: Partial<CurrentUser> | undefined
  /** Whether that user's session is there already; false by default. */
  readonly isSignedIn?: boolean | undefined
  /** What the API answers to `users`, `tracks` and `oauth.fetch()`; status 404 by default. */
  readonly respond?: FakeApi | undefined
}

/**
 * An API that a test pretends.
 *
 * @param request What the app sent, with the access token.
 */
export type FakeApi = (request: Request) => Response | Promise<Response>

/** What a test does to a fake. What it awaits has reached those who listen. */
export interface Fake {
  /**
   * Says how logins end: `success` (the default), `waits` for the next call of this, or fails with that error code, such as
   * `access_denied` or `popup_blocked`. Ends the login that waits.
   *
   * @param outcome How they end from now on.
   */
  answerLogins(outcome: LoginOutcome): void
  /** The options of every `login()` so far. */
  readonly logins: readonly LoginOptions[]
  /**
   * Another tab logs in, as somebody else.
   *
   * @param user Who that is, as far as it matters to the test.
   */
  switchUser(user: Partial<CurrentUser>): Promise<void>
  /** The server ends the session. */
  expire(): Promise<void>
  /** The server cannot be reached any more. */
  goOffline(): Promise<void>
  /** The server can be reached again. */
  goOnline(): Promise<void>
}

/** An instance of the SDK that needs no browser and no server, and the test's hand on it. */
export interface FakeSdk extends Sdk {
  /** What the test does to it. */
  readonly fake: Fake
}

const NAME = 'fake'
const REDIRECT_URI = 'https://app.example/callback'

const app: App = {
  issuer: 'https://api.audius.co',
  apiKey: '0'.repeat(40),
  hasKey: true,
  appName: undefined,
  redirectUri: REDIRECT_URI,
  openUrl: undefined,
  debug: false,
}

/**
 * An instance for the unit tests of an app: the SDK's own logic on a browser and a server that are pretended. It rejects
 * with the same errors and tells the same events.
 *
 * @param options How it begins: with nobody logged in, by default.
 */
export function fakeSdk({ user = {}, isSignedIn = false, respond }: FakeOptions = {}): FakeSdk {
  const server: FakeServer = { user: userOf(user), isReachable: true, hasEnded: false, issued: 0 }
  const platform = fakePlatform(REDIRECT_URI)
  const store = memoryTokenStore()
  const seen = observed()
  const answer = async (request: Request) => respond?.(request) ?? new Response(null, { status: 404 })
  const client = clientOf(`${app.issuer}/v1`, server, answer)
  const session = sessionOf(NAME, platform, client, store, seen, platform.storage, async () => ({
    trade,
    sendLogouts,
  }))
  const context = {
    name: NAME,
    app,
    platform,
    client,
    session,
    observed: seen,
    transactions: transactionsOf(platform, NAME),
  }
  const logins: LoginOptions[] = []
  if (isSignedIn) store.setTokens('access-0', 'refresh-0', 3600)

  const ask = async (...request: Parameters<typeof fetch>) => {
    if (!server.isReachable) throw new TypeError('Failed to fetch')
    return answer(new Request(...request))
  }
  const api = apiOf(context)
  const own = oauthOf(
    // Its server is where no request goes.
    windowLogin(context, async () => ({ ...flow, wrongServer: () => new Promise<never>(() => {}) })),
    context,
    async () => ({
      abortable,
      authorized,
      apiOf: () => api,
      watch,
      fetchFrom: (from, input, init) => fetchFrom(from, input, init, ask),
      getUser: ({ session }, signal) =>
        abortable(signal, () =>
          authorized(session, async () => {
            reach(server)
            return server.user
          }),
        ),
    }),
  )
  const login: OAuth['login'] = (options = {}) => {
    logins.push(options)
    platform.visit(options.redirectUri ?? REDIRECT_URI)
    return own.login(options)
  }
  /** Asks for new tokens; what comes of it shows in the session. */
  const refresh = () => own.refreshAccessToken().catch(() => null)

  return {
    uploads: fakeUploads(context),
    oauth: {
      ...own,
      get session() {
        return own.session
      },
      login,
    },
    ...api,
    fake: {
      answerLogins: platform.answer,
      logins,
      switchUser: async (other) => {
        server.user = userOf(other)
        server.hasEnded = false
        server.issued += 1
        await store.setTokens(`access-${server.issued}`, `refresh-${server.issued}`, 3600)
        platform.storage.set(markerOf(NAME), String(server.issued))
        const told = new Promise<void>((resolve) => {
          const leave = seen.add((event) => {
            if (event?.type !== 'signed-in') return
            leave()
            resolve()
          })
        })
        if (platform.happen('storage')) await told
      },
      expire: async () => {
        server.hasEnded = true
        await refresh()
      },
      goOffline: async () => {
        server.isReachable = false
        await refresh()
      },
      goOnline: async () => {
        server.isReachable = true
        if (own.session.status === 'unreachable') await refresh()
      },
    },
  }
}
