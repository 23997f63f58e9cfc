import { type Static, type TObject, Type } from 'typebox'
import { FieldError, type FieldFault } from '../errors/api.ts'
import { playlistTracks } from '../limits.ts'
import type { FileFault, PlaylistChanges, PlaylistEntry } from '../store/contract/store.ts'
import { cid, flag, line, lines, optional, shortText } from './fields.ts'
import { encodeId, readIds } from './ids.ts'
import { releaseDate, releaseDateField } from './track-body.ts'

const facts = {
  description: optional(lines(2500)),
  is_private: optional(flag('whether it is left out of lists; whoever has its id sees it')),
  is_album: optional(flag('whether it is an album')),
  playlist_image_sizes_multihash: optional(cid('an image uploaded with the template img_square')),
  cover_art_sizes: optional(cid('the same, by the name that a playlist has it under')),
  upc: optional(shortText(20)),
  release_date: releaseDateField,
  playlist_contents: Type.Optional(
    Type.Array(
      Type.Object({
        track_id: Type.String({ description: 'The public id of a track.' }),
        timestamp: Type.Optional(
          Type.Number({
            minimum: 0,
            maximum: 1e11,
            description: 'When it was added, in seconds since 1970.',
          }),
        ),
        metadata_timestamp: Type.Optional(
          Type.Number({ minimum: 0, maximum: 1e11, description: 'The same; it is not read.' }),
        ),
      }),
      {
        maxItems: playlistTracks,
        description: `a list of at most ${playlistTracks} objects, each with the track_id of a track, in their order`,
      },
    ),
  ),
}

const name = line(140)

/** What creates a playlist or album. */
export const newPlaylistBody = { playlist_name: name, ...facts }

/** What changes one: what is left out stays, and null takes away. */
export const playlistChangesBody = { playlist_name: Type.Optional(name), ...facts }

/** The changes of a playlist in the store's words. `now` is for what does not say when it was added. */
export function playlistChanges(
  body: Static<TObject<typeof playlistChangesBody>>,
  now: number,
): PlaylistChanges {
  const { playlist_image_sizes_multihash: image, cover_art_sizes: same } = body
  const cover = image === undefined ? same : image
  return {
    ...(body.playlist_name !== undefined && { name: body.playlist_name }),
    ...(body.description !== undefined && { description: body.description || null }),
    ...(typeof body.is_album === 'boolean' && { isAlbum: body.is_album }),
    ...(typeof body.is_private === 'boolean' && { isPrivate: body.is_private }),
    ...(cover !== undefined && { coverArt: cover }),
    ...(body.upc !== undefined && { upc: body.upc || null }),
    ...(body.release_date !== undefined && { releaseDate: releaseDate(body.release_date) }),
    ...(body.playlist_contents !== undefined && { entries: entriesOf(body.playlist_contents, now) }),
  }
}

function entriesOf(
  contents: readonly { readonly track_id: string; readonly timestamp?: number }[],
  now: number,
): readonly PlaylistEntry[] {
  const ids = readIds(
    contents.map(({ track_id }) => track_id),
    'playlist_contents.track_id',
  )
  return contents.flatMap(({ timestamp }, place) => {
    const trackId = ids[place]
    const addedAt = timestamp === undefined ? now : Math.min(now, Math.round(timestamp * 1000))
    return trackId === undefined ? [] : [{ trackId, addedAt }]
  })
}

/** Says which file and which tracks a playlist may not have. */
export function playlistFaults(faults: readonly FileFault[], trackIds: readonly number[]): FieldError {
  const field = 'playlist_image_sizes_multihash'
  const ofFiles = faults.map(({ reason }): FieldFault => {
    const rest =
      reason === 'unknown'
        ? 'is not the square image of any finished upload of yours.'
        : 'is the square image of an upload that is not finished: wait until its status is done.'
    return { field, message: `${field} ${rest}` }
  })
  const ofTracks = trackIds.map((id) => ({
    field: 'playlist_contents',
    message: `playlist_contents names ${encodeId(id)}, which is no track that is there, or one that its artist shows in no list.`,
  }))
  return new FieldError([...ofFiles, ...ofTracks])
}
