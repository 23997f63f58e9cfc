import { failure } from '../errors/errors.ts'
import type { Session } from './session.ts'

/**
 * Calls the API with a valid access token; when the server refuses it, once more after one refresh.
 * Rejects with `not_authenticated` or `session_expired` when there is no session left.
 */
export async function authorized<T>(session: Session, call: (accessToken: string) => Promise<T>): Promise<T> {
  const wasStored = (await session.access()) || (await session.hasRefreshToken())
  return asVisitor(session, async (accessToken) => {
    if (accessToken) return call(accessToken)
    throw failure(wasStored ? 'session_expired' : 'not_authenticated')
  })
}

/** The same for what everyone may call: without a token when there is no session. */
export async function asVisitor<T>(
  session: Session,
  call: (accessToken: string | null) => Promise<T>,
): Promise<T> {
  const token = await session.valid()
  return call(token).catch(async (cause) => {
    if (!token || cause.code !== 'unauthorized') throw cause
    session.refuse(token)
    return call(await session.valid())
  })
}
