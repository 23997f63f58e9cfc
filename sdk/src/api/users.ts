import type { CallOptions } from '../http/abort.ts'
import type { SessionContext } from '../session/context.ts'
import { readAnswer, readAnswers } from './answers.ts'
import { callApi, type Data, segment } from './call.ts'
import type * as Api from './generated.ts'

/**
 * Who is on Audius, what they have published and saved. Besides what each call names, all reject with NetworkError
 * (`retryable`), ApiError `rate_limited` and `server_error`, and `request_refused`, whose `faults` name what is wrong.
 */
export interface Users {
  /**
   * A user.
   *
   * @param request Whom.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUser(request: Api.GetUserRequest, options?: CallOptions): Promise<Data<Api.User>>
  /**
   * A user by their handle, in any case.
   *
   * @param request Whom.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUserByHandle(request: Api.GetUserByHandleRequest, options?: CallOptions): Promise<Data<Api.User>>
  /**
   * Finds users by handle or name.
   *
   * @param request What to look for.
   * @param options How long to wait.
   */
  searchUsers(request: Api.SearchUsersRequest, options?: CallOptions): Promise<Data<readonly Api.User[]>>
  /**
   * A user's tracks, the newest first; unlisted ones for the user alone.
   *
   * @param request Whose, which of them, and in which order.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getTracksByUser(
    request: Api.GetTracksByUserRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Track[]>>
  /**
   * The ids of the tracks in a user's library, what was saved last first.
   *
   * @param request Whose, and which of them.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getFavorites(
    request: Api.GetFavoritesRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Favorite[]>>
  /**
   * The tracks in a user's library, what was saved last first.
   *
   * @param request Whose, and which of them.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUserLibraryTracks(
    request: Api.GetUserLibraryTracksRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.LibraryItem[]>>
  /**
   * The apps that the logged-in user has allowed to act. This project's server answers them to a management token alone,
   * which a user makes for programs of their own on the developer portal; to the token of a login it does not.
   *
   * @param request Whose: the user's id.
   * @param options How long to wait.
   * @throws ApiError `insufficient_scope` for the token of a login; SessionError when there is no token; ApiError
   * `request_refused` for somebody else's.
   */
  getAuthorizedApps(
    request: Api.GetAuthorizedAppsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.AuthorizedApp[]>>
  /**
   * The apps that the logged-in user has registered. This project's server answers them to a management token alone,
   * which a user makes for programs of their own on the developer portal; to the token of a login it does not.
   *
   * @param request Whose: the user's id.
   * @param options How long to wait.
   * @throws ApiError `insufficient_scope` for the token of a login; SessionError when there is no token; ApiError
   * `request_refused` for somebody else's.
   */
  getDeveloperApps(
    request: Api.GetDeveloperAppsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.DeveloperApp[]>>
  /**
   * Changes the logged-in user's profile; what is left out stays as it is. Answers the profile where the server does.
   *
   * @param request Whose, and the changes.
   * @param options How long to wait.
   * @throws SessionError when nobody is logged in, or `user_switched`; ApiError `insufficient_scope`.
   */
  updateUser(request: Api.UpdateUserRequest, options?: CallOptions): Promise<Data<Api.User | undefined>>
}

/** The calls of `sdk().users`. */
export function usersOf(context: SessionContext): Users {
  async function get(
    path: string,
    query: object,
    options?: CallOptions,
    isPrivate = false,
  ): Promise<unknown> {
    return (await callApi(context, { path, query, isPrivate }, options))['data']
  }
  const of = (id: string, what = '') => `/users/${segment(id)}${what}`
  return {
    getUser: async ({ id, ...query }, options) => ({
      data: readAnswer('User', await get(of(id), query, options)),
    }),
    getUserByHandle: async ({ handle, ...query }, options) => ({
      data: readAnswer('User', await get(`/users/handle/${segment(handle)}`, query, options)),
    }),
    searchUsers: async (query, options) => ({
      data: readAnswers('User', await get('/users/search', query, options)),
    }),
    getTracksByUser: async ({ id, ...query }, options) => ({
      data: readAnswers('Track', await get(of(id, '/tracks'), query, options)),
    }),
    getFavorites: async ({ id, ...query }, options) => ({
      data: readAnswers('Favorite', await get(of(id, '/favorites'), query, options)),
    }),
    getUserLibraryTracks: async ({ id, ...query }, options) => ({
      data: readAnswers('LibraryItem', await get(of(id, '/library/tracks'), query, options)),
    }),
    getAuthorizedApps: async ({ id, ...query }, options) => ({
      data: readAnswers('AuthorizedApp', await get(of(id, '/authorized_apps'), query, options, true)),
    }),
    getDeveloperApps: async ({ id, ...query }, options) => ({
      data: readAnswers('DeveloperApp', await get(of(id, '/developer-apps'), query, options, true)),
    }),
    updateUser: async ({ id, metadata, ...query }, options) => {
      const { data } = await callApi(context, { method: 'PUT', path: of(id), query, body: metadata }, options)
      return { data: data === undefined ? data : readAnswer('User', data) }
    },
  }
}
