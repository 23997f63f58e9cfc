import type { CallOptions } from '../http/abort.ts'
import type { SessionContext } from '../session/context.ts'
import { readAnswer } from './answers.ts'
import { callApi, type Data, segment } from './call.ts'
import type * as Api from './generated.ts'
import { readsOf } from './read.ts'
import type { UserLists } from './user-lists.ts'

/**
 * Who is on Audius, what they have published and saved. Besides what each call names, all reject with NetworkError
 * (`retryable`), ApiError `rate_limited` and `server_error`, and `request_refused`, whose `faults` name what is wrong.
 */
export interface Users extends UserLists {
  /**
   * Who is logged in, with everything that is public of them.
   *
   * @param options How long to wait.
   * @throws SessionError when nobody is logged in.
   */
  getMe(options?: CallOptions): Promise<Data<Api.User>>
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
   * Several users; those that are not there are left out.
   *
   * @param request Which.
   * @param options How long to wait.
   */
  getBulkUsers(request: Api.GetBulkUsersRequest, options?: CallOptions): Promise<Data<readonly Api.User[]>>
  /**
   * The logged-in user's account: the profile, the playlists of their own and in their library, and how much is saved.
   *
   * @param request Any wallet, for the hosted service's sake; this project's server goes by the access token alone.
   * @param options How long to wait.
   * @throws SessionError when nobody is logged in.
   */
  getUserAccount(
    request?: Partial<Api.GetUserAccountRequest>,
    options?: CallOptions,
  ): Promise<Data<Api.Account>>
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
  const { one, many } = readsOf(context)
  const follow =
    (method: 'POST' | 'DELETE'): Users['followUser'] =>
    async ({ id, ...query }, options) => {
      await callApi(context, { method, path: of(id, '/follow'), query }, options)
    }
  const of = (id: string, what = '') => `/users/${segment(id, 'id')}${what}`
  const ofHandle = (handle: string, what = '') => `/users/handle/${segment(handle, 'handle')}${what}`
  return {
    getMe: (options) => one('User', '/me', {}, options, true),
    getUser: ({ id, ...query }, options) => one('User', of(id), query, options),
    getUserByHandle: ({ handle, ...query }, options) => one('User', ofHandle(handle), query, options),
    searchUsers: (query, options) => many('User', '/users/search', query, options),
    getTracksByUser: ({ id, ...query }, options) => many('Track', of(id, '/tracks'), query, options),
    getFavorites: ({ id, ...query }, options) => many('Favorite', of(id, '/favorites'), query, options),
    getUserLibraryTracks: ({ id, ...query }, options) =>
      many('LibraryItem', of(id, '/library/tracks'), query, options),
    getAuthorizedApps: ({ id, ...query }, options) =>
      many('AuthorizedApp', of(id, '/authorized_apps'), query, options, true),
    getDeveloperApps: ({ id, ...query }, options) =>
      many('DeveloperApp', of(id, '/developer-apps'), query, options, true),
    getBulkUsers: (query, options) => many('User', '/users', query, options),
    getUserAccount: ({ wallet = 'me', ...query } = {}, options) =>
      one('Account', `/users/account/${segment(wallet, 'wallet')}`, query, options, true),
    followUser: follow('POST'),
    unfollowUser: follow('DELETE'),
    getFollowers: ({ id, ...query }, options) => many('User', of(id, '/followers'), query, options),
    getFollowing: ({ id, ...query }, options) => many('User', of(id, '/following'), query, options),
    getMutualFollowers: ({ id, ...query }, options) => many('User', of(id, '/mutuals'), query, options, true),
    getRelatedUsers: ({ id, ...query }, options) => many('User', of(id, '/related'), query, options),
    getUserFeed: ({ id, ...query }, options) => many('FeedItem', of(id, '/feed'), query, options, true),
    getReposts: ({ id, ...query }, options) => many('Activity', of(id, '/reposts'), query, options),
    getRepostsByHandle: ({ handle, ...query }, options) =>
      many('Activity', ofHandle(handle, '/reposts'), query, options),
    getUserComments: ({ id, ...query }, options) => many('Comment', of(id, '/comments'), query, options),
    getTracksByUserHandle: ({ handle, ...query }, options) =>
      many('Track', ofHandle(handle, '/tracks'), query, options),
    getPlaylistsByUser: ({ id, ...query }, options) => many('Playlist', of(id, '/playlists'), query, options),
    getAlbumsByUser: ({ id, ...query }, options) => many('Playlist', of(id, '/albums'), query, options),
    getUserLibraryPlaylists: ({ id, ...query }, options) =>
      many('SavedPlaylist', of(id, '/library/playlists'), query, options),
    getUserLibraryAlbums: ({ id, ...query }, options) =>
      many('SavedPlaylist', of(id, '/library/albums'), query, options),
    getUsersTrackHistory: ({ id, ...query }, options) =>
      many('HistoryItem', of(id, '/history/tracks'), query, options, true),
    getUserFavoriteTracks: ({ id, ...query }, options) =>
      many('LibraryItem', of(id, '/favorites/tracks'), query, options),
    getUserFavorites: ({ id, ...query }, options) => many('Favorite', of(id, '/favorites'), query, options),
    updateUser: async ({ id, metadata, ...query }, options) => {
      const { data } = await callApi(context, { method: 'PUT', path: of(id), query, body: metadata }, options)
      return { data: data === undefined ? data : readAnswer('User', data) }
    },
  }
}
