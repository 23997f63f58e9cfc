import { type Credential, mint, type Random, read } from '../crypto/secret.ts'
import type {
  BegunSession,
  Digest,
  Instant,
  NewSession,
  Place,
  Session,
  SignInMethod,
  SignInProof,
  Store,
} from '../store/contract/store.ts'

export interface SessionDeps {
  readonly store: Store
  readonly clock: () => Instant
  readonly random: Random
}

/** How long a sign-in on this server's own pages lasts, in milliseconds. */
export const sessionLifetime = 30 * 86_400_000

/** What somebody signs in with. */
export interface Proven {
  /** Null where nobody is asked. */
  readonly method: SignInMethod | null
  /** Null where it has just been set. */
  readonly proof: SignInProof | null
}

/**
 * Signs a browser in under a new id; the session it had before ends (no session fixation). Answers whether the user had
 * not signed in there before; null where what they signed in with was taken away while it was looked at.
 */
export async function startSession(
  userId: number,
  { method, proof }: Proven,
  from: SessionPlace,
  deps: SessionDeps,
): Promise<(BegunSession & { readonly credential: Credential }) | null> {
  const { credential, session } = newSession(userId, method, from, deps)
  const created = await deps.store.createSession({ ...session, proof })
  return created && { credential, ...created }
}

/** The browser a session is for, and where it is. */
export interface SessionPlace {
  /** The digest of the browser's own cookie. */
  readonly browser: Digest
  readonly place: Place
  /** The session it had before. */
  readonly replaces: Digest | null
}

/** Makes a session, which nobody has stored yet. */
export function newSession(
  userId: number,
  method: SignInMethod | null,
  from: SessionPlace,
  { clock, random }: SessionDeps,
): { readonly credential: Credential; readonly session: NewSession } {
  const credential = mint('session', random)
  const now = clock()
  const lifetime = { createdAt: now, expiresAt: now + sessionLifetime }
  return { credential, session: { digest: credential.digest, userId, method, ...lifetime, ...from } }
}

/** How long a session may be used before that is noted again, in milliseconds. */
const noteEvery = 60 * 60_000

/** Who is signed in by this cookie, and the session's digest; `undefined` when nobody is. @param place noted every hour */
export async function findSession(
  cookie: string | undefined,
  place: Place,
  deps: SessionDeps,
): Promise<(Session & { readonly digest: Digest }) | undefined> {
  const credential = read('session', cookie)
  if (credential === undefined) return undefined
  const now = deps.clock()
  const session = await deps.store.findSession(credential.digest, now)
  if (session && now - session.usedAt >= noteEvery)
    await deps.store.touchSession(credential.digest, place, now)
  return session && { ...session, digest: credential.digest }
}
