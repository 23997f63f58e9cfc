import type { TestServer } from '@stagedoor/testkit/server'
import type { Digest, Session } from '../../src/store/contract/store.ts'

/**
 * Lets the next request on: who is signed in is looked up as ever, and then this happens before anything else does.
 * @param then is told the session and its digest
 */
export function afterTheLook(
  server: TestServer,
  then: (session: Session, digest: Digest) => Promise<unknown>,
): void {
  const { findSession } = server.store
  const looked: typeof findSession = async (digest, now) => {
    const session = await findSession(digest, now)
    if (session === undefined) return undefined
    Object.assign(server.store, { findSession })
    await then(session, digest)
    return session
  }
  Object.assign(server.store, { findSession: looked })
}
