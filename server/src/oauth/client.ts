import { parseApiKey } from '../apps/api-key.ts'
import { documentKey, isDocumentAddress } from '../apps/client-id.ts'
import { imitates } from '../apps/display-name.ts'
import { nameFault } from '../apps/name-fault.ts'
import {
  isLoopback,
  isOnDevice,
  isPrivateUse,
  matchRedirectUri,
  redirectUriFault,
} from '../apps/redirect-uri.ts'
import { clientDocument as refuseDocument } from '../errors/client-document.ts'
import { unproven } from '../errors/page.ts'
import type { Params } from '../http/params.ts'
import type { AppFacts, Store } from '../store/contract/store.ts'
import type { ReadClientDocument } from './client-document.ts'
import { testRedirectUri } from './test-login.ts'

/** A client and a redirect URI that belong together. */
export interface ProvenClient {
  readonly apiKey: string | null
  readonly appName: string
  readonly redirectUri: string
  readonly isNative: boolean
  /** Whether it is this server's own test of an app. */
  readonly isTest: boolean
  /** Where the client's document lies; null for one that is registered, or known by name alone. */
  readonly documentAddress: string | null
  /** What that document says of the client beside its name; null for others. */
  readonly documentFacts: AppFacts | null
  /** Whether that document wants its tokens bound to a key. */
  readonly documentBindsTokens?: boolean
  /** Whether that document wants requests to be sent ahead alone (RFC 9126 §6). */
  readonly documentPushesRequests?: boolean
}

export interface ClientDeps {
  readonly store: Store
  readonly issuer: string
  /** This server's own name, which no unregistered app may take. */
  readonly brand: string
  /** Development only: the one app whose loopback redirect URIs need no registration. */
  readonly developmentApp: string | null
  /** Null where clients that nobody has registered may not introduce themselves by a document. */
  readonly readClientDocument: ReadClientDocument | null
}

/**
 * Proves the client of an authorization request and its redirect URI.
 * @param viewerId who is signed in, which only a test login asks for
 * @throws PageError when either is not proven: nothing may be redirected then (RFC 6749 §4.1.2.1, RFC 9700 §4.11.2).
 */
export async function provenClient(
  params: Params,
  viewerId: number | null,
  deps: ClientDeps,
): Promise<ProvenClient> {
  for (const name of ['api_key', 'client_id', 'app_name', 'redirect_uri'])
    if (params.repeated.has(name) || params.malformed.has(name)) throw unproven.repeated(name)
  const given = params.get('api_key') ?? params.get('client_id')
  const redirectUri = params.get('redirect_uri')
  if (given !== undefined && isDocumentAddress(given)) {
    if (given !== (params.get('client_id') ?? given)) throw unproven.twoClients()
    return documentClient(given, redirectUri, deps)
  }
  if (given !== undefined) return registeredClient(params, given, redirectUri, viewerId, deps)
  const appName = params.get('app_name')
  if (appName === undefined) throw unproven.noClient()
  return namedClient(appName, redirectUri, deps)
}

async function registeredClient(
  params: Params,
  given: string,
  redirectUri: string | undefined,
  viewerId: number | null,
  deps: ClientDeps,
): Promise<ProvenClient> {
  const apiKey = parseApiKey(given)
  if (apiKey !== parseApiKey(params.get('client_id') ?? given)) throw unproven.twoClients()
  if (apiKey === undefined)
    throw /^https?:\/\//i.test(given) ? unproven.noDocument() : unproven.noKey(given.length)
  const app = await deps.store.findApp(apiKey)
  // What stands for a document in the store is no name that a client could go by.
  if (app === undefined || app.documentAddress !== null) throw unproven.unknownClient()
  if (app.suspendedAt !== null) throw unproven.suspended(app.name)
  if (redirectUri === undefined) throw unproven.noRedirectUri()
  const match = matchRedirectUri(redirectUri, app.redirectUris)
  const isForDevelopment =
    app.apiKey === deps.developmentApp &&
    isLoopback(redirectUri) &&
    redirectUriFault(redirectUri) === undefined
  // Whoever is not the owner is not sent there, whatever the app has registered.
  const isTest = redirectUri === testRedirectUri(app.apiKey, deps.issuer)
  const isProven = isTest
    ? viewerId !== null && viewerId === app.ownerId
    : match !== undefined || isForDevelopment
  if (!isProven) {
    const mismatch = { app, given: redirectUri, registered: app.redirectUris, offer: null }
    throw unproven.unregistered(app.name).with({ mismatch })
  }
  return {
    apiKey: app.apiKey,
    appName: app.name,
    redirectUri,
    isNative: !isTest && isOnDevice(redirectUri),
    isTest,
    documentAddress: null,
    documentFacts: null,
  }
}

// Its document is the registration: nothing of it is stored before somebody signed in answers.
async function documentClient(
  address: string,
  redirectUri: string | undefined,
  deps: ClientDeps,
): Promise<ProvenClient> {
  if (deps.readClientDocument === null) throw refuseDocument.off()
  const apiKey = documentKey(address)
  const app = await deps.store.findApp(apiKey)
  if (app !== undefined && app.suspendedAt !== null) throw unproven.suspended(app.name)
  const document = await deps.readClientDocument(address)
  const { name, facts, redirectUris, bindsTokens, pushesRequests } = document
  if (redirectUri === undefined) throw unproven.noRedirectUri()
  if (matchRedirectUri(redirectUri, redirectUris) === undefined) throw refuseDocument.redirectUri(name)
  return {
    apiKey,
    appName: name,
    redirectUri,
    isTest: false,
    isNative: isOnDevice(redirectUri),
    documentAddress: address,
    documentFacts: facts,
    documentBindsTokens: bindsTokens,
    documentPushesRequests: pushesRequests,
  }
}

async function namedClient(
  appName: string,
  redirectUri: string | undefined,
  deps: ClientDeps,
): Promise<ProvenClient> {
  const broken = nameFault(appName)
  if (broken !== undefined) throw unproven.badAppName(broken)
  // A registered app's name is not refused: whoever registers a name must not switch off those who used it before.
  if (imitates(appName, deps.brand)) throw unproven.takenAppName()
  if (redirectUri === undefined) throw unproven.noRedirectUri()
  const fault = redirectUriFault(redirectUri)
  if (fault !== undefined) throw unproven.badRedirectUri(fault.words)
  if (isPrivateUse(redirectUri))
    throw unproven.badRedirectUri('an app without an api_key needs http or https.')
  const isNative = isOnDevice(redirectUri)
  return {
    apiKey: null,
    appName,
    redirectUri,
    isNative,
    isTest: false,
    documentAddress: null,
    documentFacts: null,
  }
}
