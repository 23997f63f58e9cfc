import type { CallOptions } from '../http/abort.ts'
import type { Data } from './call.ts'
import type * as Api from './generated.ts'

/** Whom users follow, and the lists that are theirs; part of `Users`. */
export interface UserLists {
  /**
   * Follows a user, once however often it is called.
   *
   * @param request Whom.
   * @param options How long to wait.
   * @throws ApiError `not_found`; SessionError when nobody is logged in; ApiError `insufficient_scope`.
   */
  followUser(request: Api.FollowUserRequest, options?: CallOptions): Promise<void>
  /**
   * Follows a user no longer.
   *
   * @param request Whom.
   * @param options How long to wait.
   * @throws SessionError when nobody is logged in; ApiError `insufficient_scope`.
   */
  unfollowUser(request: Api.UnfollowUserRequest, options?: CallOptions): Promise<void>
  /**
   * Who follows a user, the last first.
   *
   * @param request Whom.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getFollowers(request: Api.GetFollowersRequest, options?: CallOptions): Promise<Data<readonly Api.User[]>>
  /**
   * Whom a user follows, the last first.
   *
   * @param request Who.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getFollowing(request: Api.GetFollowingRequest, options?: CallOptions): Promise<Data<readonly Api.User[]>>
  /**
   * Whom a user and the logged-in one both follow.
   *
   * @param request Who.
   * @param options How long to wait.
   * @throws ApiError `not_found`; SessionError when nobody is logged in.
   */
  getMutualFollowers(
    request: Api.GetMutualFollowersRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.User[]>>
  /**
   * Whom a user's followers follow as well, the most of them first.
   *
   * @param request Whose.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getRelatedUsers(
    request: Api.GetRelatedUsersRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.User[]>>
  /**
   * What those whom the logged-in user follows have published and reposted, the newest first.
   *
   * @param request Whose: the user's id; and which of it.
   * @param options How long to wait.
   * @throws SessionError when nobody is logged in; ApiError `request_refused` for somebody else's.
   */
  getUserFeed(request: Api.GetUserFeedRequest, options?: CallOptions): Promise<Data<readonly Api.FeedItem[]>>
  /**
   * The tracks and playlists that a user has reposted, the last first.
   *
   * @param request Whose, and which of them.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getReposts(request: Api.GetRepostsRequest, options?: CallOptions): Promise<Data<readonly Api.Activity[]>>
  /**
   * The same, of the user of a handle.
   *
   * @param request Whose, and which of them.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getRepostsByHandle(
    request: Api.GetRepostsByHandleRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Activity[]>>
  /**
   * What a user has said about tracks, the last first.
   *
   * @param request Who.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUserComments(
    request: Api.GetUserCommentsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Comment[]>>
  /**
   * The tracks of the user of a handle, the newest first.
   *
   * @param request Whose, which of them, and in which order.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getTracksByUserHandle(
    request: Api.GetTracksByUserHandleRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Track[]>>
  /**
   * A user's playlists, the newest first; private ones for the user alone.
   *
   * @param request Whose, and which of them.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getPlaylistsByUser(
    request: Api.GetPlaylistsByUserRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Playlist[]>>
  /**
   * A user's albums, the newest first; private ones for the user alone.
   *
   * @param request Whose, and which of them.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getAlbumsByUser(
    request: Api.GetAlbumsByUserRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Playlist[]>>
  /**
   * The playlists in a user's library, what was saved last first.
   *
   * @param request Whose, and which of them.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUserLibraryPlaylists(
    request: Api.GetUserLibraryPlaylistsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.SavedPlaylist[]>>
  /**
   * The albums in a user's library, what was saved last first.
   *
   * @param request Whose, and which of them.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUserLibraryAlbums(
    request: Api.GetUserLibraryAlbumsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.SavedPlaylist[]>>
  /**
   * The tracks that the logged-in user has listened to, the last first.
   *
   * @param request Whose: the user's id; and which of them.
   * @param options How long to wait.
   * @throws SessionError when nobody is logged in; ApiError `request_refused` for somebody else's.
   */
  getUsersTrackHistory(
    request: Api.GetUsersTrackHistoryRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.HistoryItem[]>>
  /**
   * `getUserLibraryTracks` by the name that `@audius/sdk` has for what was saved alone.
   *
   * @param request Whose, and which of them.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUserFavoriteTracks(
    request: Api.GetUserLibraryTracksRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.LibraryItem[]>>
  /**
   * `getFavorites` by the name that `@audius/sdk` gives it.
   *
   * @param request Whose, and which of them.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUserFavorites(
    request: Api.GetFavoritesRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Favorite[]>>
}
