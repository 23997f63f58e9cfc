import { failure } from './errors.ts'
import type { Session } from './session.ts'

/**
 * Calls the API with a valid access token; when the server refuses it, once more after one refresh.
 * Rejects with `not_authenticated` or `session_expired` when there is no session left.
 */
export async function authorized<T>(session: Session, call: (accessToken: string) => Promise<T>): Promise<T> {
  const wasStored = (await session.access()) || (await session.hasRefreshToken())
  const token = await session.valid()
  if (!token) throw failure(wasStored ? 'session_expired' : 'not_authenticated')
  return call(token).catch(async (cause) => {
    if (cause.code !== 'unauthorized') throw cause
    session.refuse(token)
    const fresh = await session.valid()
    if (!fresh) throw failure('session_expired', { cause })
    return call(fresh)
  })
}
