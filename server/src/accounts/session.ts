import { type Credential, mint, type Random, read } from '../oauth/credential.ts'
import type { Digest, Instant, Session, Store } from '../store/store.ts'

export interface SessionDeps {
  readonly store: Store
  readonly clock: () => Instant
  readonly random: Random
}

/** How long a sign-in on this server's own pages lasts, in milliseconds. */
export const sessionLifetime = 30 * 86_400_000

/** Signs a browser in under a new id; the session it had before ends (no session fixation). */
export async function startSession(
  userId: number,
  replaces: Digest | null,
  deps: SessionDeps,
): Promise<Credential> {
  const session = mint('session', deps.random)
  const now = deps.clock()
  await deps.store.createSession({
    digest: session.digest,
    userId,
    createdAt: now,
    expiresAt: now + sessionLifetime,
    replaces,
  })
  return session
}

/** Who is signed in by this cookie, and the session's digest; `undefined` when nobody is. */
export async function findSession(
  cookie: string | undefined,
  deps: SessionDeps,
): Promise<(Session & { readonly digest: Digest }) | undefined> {
  const credential = read('session', cookie)
  if (credential === undefined) return undefined
  const session = await deps.store.findSession(credential.digest, deps.clock())
  return session && { ...session, digest: credential.digest }
}
