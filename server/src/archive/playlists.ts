import { Type } from 'typebox'
import { readBody } from '../api/parameters.ts'
import { newPlaylistBody, playlistChanges } from '../api/playlist-body.ts'
import { brokenArchive } from '../errors/archive.ts'
import { playlistTracks } from '../limits.ts'
import type { PlaylistFacts } from '../store/contract/playlists.ts'
import type { Instant } from '../store/contract/store.ts'
import { Id, judged, Moment, momentOf, PublicId, readPart } from './parts.ts'
import type { TarFile } from './read-tar.ts'

export interface ArchivedPlaylist {
  readonly sourceId: number
  readonly facts: Omit<PlaylistFacts, 'coverArt'>
  readonly createdAt: Instant
  readonly entries: readonly { readonly trackId: number; readonly addedAt: Instant }[]
  readonly cover: TarFile | null
}

const PlaylistWords = {
  id: Id,
  public_id: PublicId,
  created_at: Moment,
  has_cover: Type.Boolean({ description: 'whether there is a picture of it' }),
  tracks: Type.Array(Type.Object({ track_id: Id, added_at: Moment }), {
    maxItems: playlistTracks,
    description: `a list of at most ${playlistTracks} tracks, each with track_id and added_at`,
  }),
}
/** Reads a playlist or album. @throws BrokenArchive */
export function readPlaylist(
  where: string,
  value: unknown,
  files: ReadonlyMap<string, TarFile>,
  now: Instant,
): ArchivedPlaylist {
  const words = readPart(where, PlaylistWords, value)
  const said = Object(value)
  const { name = '', ...facts } = judged(where, () =>
    playlistChanges(
      readBody(Type.Object(newPlaylistBody), {
        playlist_name: said.name,
        description: said.description,
        is_album: said.is_album,
        is_private: said.is_private,
        upc: said.upc,
        release_date: said.release_date,
      }),
      now,
    ),
  )
  const cover = files.get(`pictures/playlist-${words.public_id}.jpg`) ?? null
  if (words.has_cover && cover === null) throw brokenArchive.noCover(name)
  return {
    sourceId: words.id,
    facts: {
      name,
      description: facts.description ?? null,
      isAlbum: facts.isAlbum ?? false,
      isPrivate: facts.isPrivate ?? false,
      upc: facts.upc ?? null,
      releaseDate: facts.releaseDate ?? null,
    },
    createdAt: momentOf(words.created_at, now),
    entries: words.tracks.map(({ track_id, added_at }) => ({
      trackId: track_id,
      addedAt: momentOf(added_at, now),
    })),
    cover: words.has_cover ? cover : null,
  }
}
