import type { CallOptions } from '../http/abort.ts'
import { isText } from '../http/fields.ts'
import { type Data, refused, segment } from './call.ts'
import type * as Api from './generated.ts'
import type { Playlists } from './playlists.ts'

/** What an album was created, changed, saved or reposted as: its id. */
export interface AlbumId {
  /** The album's public id. */
  readonly albumId: string
}

/** An album of whoever acts. */
export interface AlbumRequest {
  /** The album's public id. */
  readonly albumId: string
  /** The logged-in user's id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What an album is, in the words of `@audius/sdk`. */
export type AlbumMetadata = Omit<Api.UpdatePlaylistRequestBody, 'playlistName' | 'isAlbum'> & {
  /** The name to show. */
  readonly albumName?: string | undefined
}

/** Albums, which are playlists of another name: a playlist's calls take an album's id as well. */
export interface Albums {
  /**
   * An album, as the one member of a list.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getAlbum(request: AlbumRequest, options?: CallOptions): Promise<Data<readonly Api.Playlist[]>>
  /**
   * Several albums; those that are not there are left out.
   *
   * @param request Which.
   * @param options How long to wait.
   */
  getBulkAlbums(
    request: Api.GetBulkPlaylistsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Playlist[]>>
  /**
   * The tracks of an album, in their order.
   *
   * @param request Whose.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getAlbumTracks(request: AlbumRequest, options?: CallOptions): Promise<Data<readonly Api.Track[]>>
  /**
   * Creates an album of tracks that are published.
   *
   * @param request What it is.
   * @param options How long to wait.
   */
  createAlbum(
    request: {
      /** The logged-in user's id, where a server asks for it. */
      readonly userId?: string | undefined
      /** What it is to be. */
      readonly metadata: AlbumMetadata & { readonly albumName: string }
    },
    options?: CallOptions,
  ): Promise<AlbumId>
  /**
   * Changes one's own album; what is left out stays as it is.
   *
   * @param request Which, and the changes.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  updateAlbum(
    request: AlbumRequest & {
      /** What it is to be. */
      readonly metadata: AlbumMetadata
    },
    options?: CallOptions,
  ): Promise<AlbumId>
  /**
   * Deletes one's own album for good; its tracks stay.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  deleteAlbum(request: AlbumRequest, options?: CallOptions): Promise<AlbumId>
  /**
   * Saves an album to one's own library.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  favoriteAlbum(request: AlbumRequest, options?: CallOptions): Promise<AlbumId>
  /**
   * Takes an album out of one's own library, if it is there.
   *
   * @param request Which.
   * @param options How long to wait.
   */
  unfavoriteAlbum(request: AlbumRequest, options?: CallOptions): Promise<AlbumId>
  /**
   * Reposts an album.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  repostAlbum(request: AlbumRequest, options?: CallOptions): Promise<AlbumId>
  /**
   * Takes back the repost of an album, if there is one.
   *
   * @param request Which.
   * @param options How long to wait.
   */
  unrepostAlbum(request: AlbumRequest, options?: CallOptions): Promise<AlbumId>
}

/** The calls of `sdk().albums`, made by those of playlists. */
export function albumsOf(playlists: Playlists): Albums {
  const asPlaylist = ({ albumId, userId }: AlbumRequest) => {
    // By its own name, where it is none.
    segment(albumId, 'albumId')
    return { playlistId: albumId, ...(userId !== undefined && { userId }) }
  }
  const change =
    (call: Playlists['deletePlaylist']): Albums['deleteAlbum'] =>
    async (request, options) => {
      await call(asPlaylist(request), options)
      return { albumId: request.albumId }
    }
  return {
    getAlbum: (request, options) => playlists.getPlaylist(asPlaylist(request), options),
    getBulkAlbums: (request, options) => playlists.getBulkPlaylists(request, options),
    getAlbumTracks: (request, options) => playlists.getPlaylistTracks(asPlaylist(request), options),
    createAlbum: async ({ metadata, ...request }, options) => {
      const { albumName, ...rest } = { ...metadata }
      if (!isText(albumName)) throw refused('albumName', 'is missing.')
      const album = { ...request, metadata: { ...rest, playlistName: albumName, isAlbum: true } }
      return { albumId: (await playlists.createPlaylist(album, options)).playlistId }
    },
    updateAlbum: async ({ metadata, ...request }, options) => {
      const { albumName, ...rest } = { ...metadata }
      const renamed = albumName === undefined ? rest : { ...rest, playlistName: albumName }
      await playlists.updatePlaylist({ ...asPlaylist(request), metadata: renamed }, options)
      return { albumId: request.albumId }
    },
    deleteAlbum: change(playlists.deletePlaylist),
    favoriteAlbum: change(playlists.favoritePlaylist),
    unfavoriteAlbum: change(playlists.unfavoritePlaylist),
    repostAlbum: change(playlists.repostPlaylist),
    unrepostAlbum: change(playlists.unrepostPlaylist),
  }
}
