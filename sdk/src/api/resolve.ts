import { failure } from '../errors/errors.ts'
import type { CallOptions } from '../http/abort.ts'
import { isText } from '../http/fields.ts'
import type { SessionContext } from '../session/context.ts'
import { readAnswer, readAnswers } from './answers.ts'
import { callApi, type Data } from './call.ts'
import type * as Api from './generated.ts'

/** What an address names: a playlist or album is the one member of a list, as `getPlaylist()` answers it. */
export type Resolved = Data<Api.User> | Data<Api.Track> | Data<readonly Api.Playlist[]>

/**
 * What `sdk().resolve` is.
 *
 * @param request Whose address.
 * @param options How long to wait.
 */
export type Resolve = (request: Api.ResolveRequest, options?: CallOptions) => Promise<Resolved>

/** The call of `sdk().resolve`: asks where it is, then for it. No redirect is followed with a token. */
export const resolveOf =
  (context: SessionContext): Resolve =>
  async ({ url }, options) => {
    const told = await callApi(context, { path: '/resolve', query: { url, noRedirect: true } }, options)
    const [, path, kind] = /\/v1(\/(users|tracks|playlists)\/\w+)$/.exec(String(told['data'])) ?? []
    if (!isText(path)) throw failure('invalid_answer')
    const { data } = await callApi(context, { path }, options)
    if (kind === 'users') return { data: readAnswer('User', data) }
    return kind === 'tracks' ? { data: readAnswer('Track', data) } : { data: readAnswers('Playlist', data) }
  }
