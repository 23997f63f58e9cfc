import type { CallOptions } from '../http/abort.ts'
import { isNumber } from '../http/fields.ts'
import type { SessionContext } from '../session/context.ts'
import { callApi, type Data, refused, segment } from './call.ts'
import { create } from './create.ts'
import type * as Api from './generated.ts'
import { readsOf } from './read.ts'

/** What a playlist was created, changed, saved or reposted as: its id, in both places where `@audius/sdk` has had it. */
export interface PlaylistId {
  /** As other calls answer. */
  readonly data: {
    /** The playlist's public id. */
    readonly playlistId: string
  }
  /** The playlist's public id. */
  readonly playlistId: string
}

/** What `addTrackToPlaylist()` takes. */
export interface AddTrackToPlaylistRequest {
  /** A playlist of the logged-in user. */
  readonly playlistId: string
  /** The track to put at its end. */
  readonly trackId: string
  /** The logged-in user's id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `removeTrackFromPlaylist()` takes. */
export interface RemoveTrackFromPlaylistRequest {
  /** A playlist of the logged-in user. */
  readonly playlistId: string
  /** The place in `playlistContents`, counted from 0. */
  readonly trackIndex: number
  /** The logged-in user's id, where a server asks for it. */
  readonly userId?: string | undefined
}

/**
 * Playlists: looking at them, making and changing one's own, saving and reposting them. Calls reject as those of `Tracks`
 * do.
 */
export interface Playlists {
  /**
   * A playlist or album, private ones as well, as the one member of a list.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getPlaylist(request: Api.GetPlaylistRequest, options?: CallOptions): Promise<Data<readonly Api.Playlist[]>>
  /**
   * Several playlists, by their ids or permalinks; those that are not there are left out.
   *
   * @param request Which.
   * @param options How long to wait.
   */
  getBulkPlaylists(
    request: Api.GetBulkPlaylistsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Playlist[]>>
  /**
   * The tracks of a playlist, in their order.
   *
   * @param request Whose.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getPlaylistTracks(
    request: Api.GetPlaylistTracksRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Track[]>>
  /**
   * Finds playlists by their names and who made them, with small mistakes.
   *
   * @param request What to look for.
   * @param options How long to wait.
   */
  searchPlaylists(
    request: Api.SearchPlaylistsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Playlist[]>>
  /**
   * The playlists that were saved and reposted most lately, or ever.
   *
   * @param request Since when, and which of them.
   * @param options How long to wait.
   */
  getTrendingPlaylists(
    request?: Api.GetTrendingPlaylistsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Playlist[]>>
  /**
   * Creates a playlist, or an album.
   *
   * @param request What it is.
   * @param options How long to wait. A call that was aborted may have created it all the same.
   */
  createPlaylist(request: Api.CreatePlaylistRequest, options?: CallOptions): Promise<PlaylistId>
  /**
   * Changes one's own playlist; what is left out stays as it is, and `playlistContents` replaces its tracks.
   *
   * @param request Which, and the changes.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  updatePlaylist(request: Api.UpdatePlaylistRequest, options?: CallOptions): Promise<PlaylistId>
  /**
   * Deletes one's own playlist for good; its tracks stay.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  deletePlaylist(request: Api.DeletePlaylistRequest, options?: CallOptions): Promise<PlaylistId>
  /**
   * Makes one's own private playlist public.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  publishPlaylist(request: Api.DeletePlaylistRequest, options?: CallOptions): Promise<PlaylistId>
  /**
   * Adds a track at the end of one's own playlist, beside whatever else is added to it meanwhile.
   *
   * @param request Which to which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  addTrackToPlaylist(request: AddTrackToPlaylistRequest, options?: CallOptions): Promise<PlaylistId>
  /**
   * Takes a track out of one's own playlist, by its place.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  removeTrackFromPlaylist(request: RemoveTrackFromPlaylistRequest, options?: CallOptions): Promise<PlaylistId>
  /**
   * Saves a playlist to one's own library, once however often it is called.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  favoritePlaylist(request: Api.FavoritePlaylistRequest, options?: CallOptions): Promise<PlaylistId>
  /**
   * Takes a playlist out of one's own library, if it is there.
   *
   * @param request Which.
   * @param options How long to wait.
   */
  unfavoritePlaylist(request: Api.UnfavoritePlaylistRequest, options?: CallOptions): Promise<PlaylistId>
  /**
   * Reposts a playlist, once however often it is called.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  repostPlaylist(request: Api.RepostPlaylistRequest, options?: CallOptions): Promise<PlaylistId>
  /**
   * Takes back the repost of a playlist, if there is one.
   *
   * @param request Which.
   * @param options How long to wait.
   */
  unrepostPlaylist(request: Api.UnrepostPlaylistRequest, options?: CallOptions): Promise<PlaylistId>
  /**
   * Who has saved a playlist, the last first.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUsersFromPlaylistFavorites(
    request: Api.GetUsersFromPlaylistFavoritesRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.User[]>>
  /**
   * Who has reposted a playlist, the last first.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUsersFromPlaylistReposts(
    request: Api.GetUsersFromPlaylistRepostsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.User[]>>
}

/** The calls of `sdk().playlists`. */
export function playlistsOf(context: SessionContext): Playlists {
  const of = (playlistId: string, what = '') => `/playlists/${segment(playlistId, 'playlistId')}${what}`
  const { many } = readsOf(context)
  const idOf = (playlistId: string): PlaylistId => ({ data: { playlistId }, playlistId })
  /** A change that answers nothing but the id that it was sent. */
  const change =
    (method: 'POST' | 'DELETE', what: string): Playlists['deletePlaylist'] =>
    async ({ playlistId, ...query }, options) => {
      await callApi(context, { method, path: of(playlistId, what), query }, options)
      return idOf(playlistId)
    }
  const updatePlaylist: Playlists['updatePlaylist'] = async ({ playlistId, metadata, ...query }, options) => {
    await callApi(context, { method: 'PUT', path: of(playlistId), query, body: metadata }, options)
    return idOf(playlistId)
  }
  return {
    getPlaylist: ({ playlistId, ...query }, options) => many('Playlist', of(playlistId), query, options),
    getBulkPlaylists: (query, options) => many('Playlist', '/playlists', query, options),
    getPlaylistTracks: ({ playlistId, ...query }, options) =>
      many('Track', of(playlistId, '/tracks'), query, options),
    searchPlaylists: (query, options) => many('Playlist', '/playlists/search', query, options),
    getTrendingPlaylists: (query = {}, options) => many('Playlist', '/playlists/trending', query, options),
    createPlaylist: async (request, options) => idOf(await create(context, 'playlist', request, options)),
    updatePlaylist,
    deletePlaylist: change('DELETE', ''),
    publishPlaylist: (request, options) =>
      updatePlaylist({ ...request, metadata: { isPrivate: false } }, options),
    addTrackToPlaylist: async ({ playlistId, trackId, ...query }, options) => {
      const call = { method: 'POST', path: of(playlistId, '/tracks'), query, body: { trackId } } as const
      await callApi(context, call, options)
      return idOf(playlistId)
    },
    removeTrackFromPlaylist: async ({ trackIndex: index, ...request }, options) => {
      const place = { ...request, index }
      segment(request.playlistId, 'playlistId')
      if (!isNumber(index)) throw refused('trackIndex', 'is no number.')
      return change('DELETE', '/tracks')(place, options)
    },
    favoritePlaylist: change('POST', '/favorites'),
    unfavoritePlaylist: change('DELETE', '/favorites'),
    repostPlaylist: change('POST', '/reposts'),
    unrepostPlaylist: change('DELETE', '/reposts'),
    getUsersFromPlaylistFavorites: ({ playlistId, ...query }, options) =>
      many('User', of(playlistId, '/favorites'), query, options),
    getUsersFromPlaylistReposts: ({ playlistId, ...query }, options) =>
      many('User', of(playlistId, '/reposts'), query, options),
  }
}
