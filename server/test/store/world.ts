import { noFacts } from '../../src/apps/app-facts.ts'
import type {
  AuthorizationRequest,
  CodeRedemption,
  PendingRequest,
  RefreshRotation,
} from '../../src/store/contract/oauth.ts'
import type {
  Digest,
  NewApp,
  NewPlaylist,
  NewUser,
  Scope,
  SessionOfUser,
  Store,
  User,
} from '../../src/store/contract/store.ts'

/** When every test starts. */
export const start = 1_750_000_000_000
export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export const redirectUri = 'https://app.example/callback'
export const codeChallenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

/** Stands for the digest of a secret nobody else has. */
export function digest(): Digest {
  return crypto.getRandomValues(new Uint8Array(32))
}

/** Where a session starts, which is nothing to most tests. */
export const somewhere = (browser: Digest = digest()) => ({
  browser,
  place: { device: 'Firefox on Linux', network: '203.0.113.*' },
})

/** A user nobody has signed up as. */
export function newUser(overrides: Partial<NewUser> = {}): NewUser {
  const unique = Buffer.from(digest()).toString('hex').slice(0, 12)
  return {
    handle: `user_${unique}`,
    name: 'A User',
    email: `${unique}@example.com`,
    emailClaim: 'confirmed',
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
    isVerified: false,
    profilePicture: null,
    now: start,
    ...overrides,
  }
}

/** A playlist of a user, with nothing in it. */
export const newPlaylist = (userId: number, overrides: Partial<NewPlaylist> = {}): NewPlaylist => ({
  ...{ name: 'List', description: null, coverArt: null, upc: null, releaseDate: null },
  ...{ isAlbum: false, isPrivate: false, userId, apiKey: null, entries: [], now: start },
  ...overrides,
})

/** Signs a user up; rejects when the handle or e-mail is taken. */
export async function addUser(store: Store, overrides: Partial<NewUser> = {}): Promise<User> {
  const creation = await store.createUser(newUser(overrides))
  if (creation.outcome !== 'created') throw new Error(`The ${creation.field} is taken`)
  return creation.user
}

/** Registers an app with one redirect URI and answers its API key. */
export async function addApp(store: Store, overrides: Partial<NewApp> = {}): Promise<string> {
  const app = newApp(overrides)
  const { outcome } = await store.createApp(app, 100)
  if (outcome !== 'created') throw new Error(`The app is ${outcome}`)
  return app.apiKey
}

/** An app that nobody has registered, with a name of its own. */
export function newApp(overrides: Partial<NewApp> = {}): NewApp {
  const apiKey = Buffer.from(digest()).toString('hex').slice(0, 40)
  return {
    apiKey,
    name: 'An App',
    nameKey: `an app ${apiKey}`,
    description: null,
    facts: noFacts,
    ownerId: null,
    redirectUris: [redirectUri],
    now: start,
    ...overrides,
  }
}

/** A valid request for one hour from the start. */
export function newRequest(overrides: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return {
    apiKey: null,
    appName: 'An App',
    redirectUri,
    isNative: false,
    isTest: false,
    documentAddress: null,
    documentFacts: null,
    scope: 'write',
    state: 'state',
    codeChallenge,
    thumbprint: null,
    responseMode: 'fragment',
    display: 'popup',
    promptLogin: false,
    promptConsent: false,
    loginHint: null,
    openid: null,
    createdAt: start,
    expiresAt: start + hour,
    ...overrides,
  }
}

/** A request in the hands of a browser. */
export const pendingRequest = (overrides: Partial<AuthorizationRequest> = {}): PendingRequest => ({
  digest: digest(),
  browser: digest(),
  request: newRequest(overrides),
})

/** A session of a user, which ends by itself long after a test. */
export async function signedIn(store: Store, userId: number): Promise<SessionOfUser> {
  const session = digest()
  const lifetime = { createdAt: start, expiresAt: start + 1000 * day }
  await store.createSession({ digest: session, userId, replaces: null, ...lifetime, ...somewhere() })
  return { userId, session }
}

/** A code for a user who is signed in, for one minute from the start. */
export async function newCode(store: Store, userId: number) {
  return {
    ...(await signedIn(store, userId)),
    digest: digest(),
    sealed: digest(),
    identity: null,
    createdAt: start,
    expiresAt: start + minute,
  }
}

/** A user who has allowed an app, and the code it was given. */
export interface Allowed {
  readonly user: User
  readonly apiKey: string | null
  readonly code: Digest
}

/** Has a user allow an app; both are new unless given. */
export async function allow(
  store: Store,
  { scope = 'write', apiKey, user }: { scope?: Scope; apiKey?: string | null; user?: User } = {},
): Promise<Allowed> {
  const person = user ?? (await addUser(store))
  const client = apiKey === undefined ? await addApp(store) : apiKey
  const key = pendingRequest({ scope, apiKey: client })
  const code = await newCode(store, person.id)
  const finish = await store.approveRequest(key, code, 'once')
  if (finish.outcome !== 'finished') throw new Error('The request is gone')
  return { user: person, apiKey: client, code: code.digest }
}

/** The right redemption of a code, with new tokens. */
export function redemption(allowed: Allowed, overrides: Partial<CodeRedemption> = {}): CodeRedemption {
  const now = overrides.now ?? start
  return {
    digest: allowed.code,
    apiKey: allowed.apiKey,
    redirectUri,
    codeChallenge,
    thumbprint: null,
    now,
    familyExpiresAt: now + 180 * day,
    access: { digest: digest(), expiresAt: now + hour },
    refresh: { digest: digest(), expiresAt: now + 30 * day },
    ...overrides,
  }
}

/** A client with its first pair of tokens. */
export interface LoggedIn extends Allowed {
  readonly access: Digest
  readonly refresh: Digest
}

/** Has a user allow an app and the app redeem the code. */
export async function logIn(
  store: Store,
  options: Parameters<typeof allow>[1] = {},
  overrides: Partial<CodeRedemption> = {},
): Promise<LoggedIn> {
  const allowed = await allow(store, options)
  const redeemed = redemption(allowed, overrides)
  const { outcome } = await store.redeemCode(redeemed)
  if (outcome !== 'redeemed') throw new Error(`The code was ${outcome}`)
  return { ...allowed, access: redeemed.access.digest, refresh: redeemed.refresh.digest }
}

/** A rotation of a refresh token, with new successors and a window of ten seconds. */
export function rotation(
  token: { readonly refresh: Digest; readonly apiKey: string | null },
  overrides: Partial<RefreshRotation> = {},
): RefreshRotation {
  const now = overrides.now ?? start
  return {
    digest: token.refresh,
    apiKey: token.apiKey,
    thumbprint: null,
    scope: null,
    now,
    graceMs: 10 * second,
    access: { digest: digest(), expiresAt: now + hour },
    refresh: { digest: digest(), expiresAt: now + 30 * day },
    successorSalt: digest(),
    ...overrides,
  }
}

/** Whether any of these tokens works: none may after a revocation. */
export async function works(
  store: Store,
  tokens: { access: Digest; refresh: Digest; apiKey: string | null },
  now = start,
): Promise<boolean> {
  if (await store.findAccessToken(tokens.access, now)) return true
  const answer = await store.rotateRefresh(rotation(tokens, { now }))
  return answer.outcome === 'rotated' || answer.outcome === 'repeated'
}

/** How often each outcome came. */
export function tally(answers: readonly { readonly outcome: string }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome } of answers) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

/** Calls `make` this many times at once. */
export function atOnce<R>(times: number, make: (index: number) => Promise<R>): Promise<R[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => make(index)))
}

/** A search for the newest entries of the audit log, whoever and whatever they are about. */
export const everyEntry = {
  userId: null,
  apiKey: null,
  event: null,
  appsOnly: false,
  since: 0,
  after: null,
  limit: 1000,
} as const
