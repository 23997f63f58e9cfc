import type { Static } from 'typebox'
import type { Instant, Track, Viewer } from '../store/contract/store.ts'
import { encodeId } from './ids.ts'
import type { Media, TrackSchema } from './track-schema.ts'
import { squareImage, userJson } from './user.ts'

/** The URL of audio in the content store. */
export const contentUrl = (cid: string, publicUrl: string): string => `${publicUrl}/content/${cid}`

/** A track as a viewer sees it, in the names the hosted service gives it. */
export function trackJson(track: Track, { viewerId }: Viewer, publicUrl: string): Static<typeof TrackSchema> {
  const { id, title, genre, mood, tags, description, duration, bpm, isrc, license, user } = track
  const seesOriginal = track.isDownloadable || user.id === viewerId
  const publicId = encodeId(id)
  return {
    ...{ title, genre, mood, tags, description, duration, bpm, isrc, license },
    id: publicId,
    permalink: `/${user.handle}/${track.slug}`,
    route_id: `${user.handle}/${track.slug}`,
    artwork: track.coverArt === null ? null : squareImage(track.coverArt, publicUrl),
    user: userJson(user, publicUrl, track.relation),
    user_id: encodeId(user.id),
    track_cid: track.trackCid,
    preview_cid: track.previewCid,
    preview_start_seconds: track.previewStartSeconds,
    orig_file_cid: seesOriginal ? track.origFileCid : null,
    orig_filename: seesOriginal ? track.origFilename : null,
    is_original_available: track.origFileCid !== null,
    is_downloadable: track.isDownloadable,
    is_streamable: true,
    is_unlisted: track.isUnlisted,
    is_delete: false,
    is_available: true,
    release_date: track.releaseDate === null ? null : iso(track.releaseDate),
    created_at: iso(track.createdAt),
    updated_at: iso(track.updatedAt),
    favorite_count: track.favoriteCount,
    repost_count: track.repostCount,
    play_count: track.playCount,
    comment_count: track.commentCount,
    has_current_user_saved: track.isSaved,
    has_current_user_reposted: track.isReposted,
    cover_art_sizes: track.coverArt,
    musical_key: track.musicalKey,
    loudness: track.loudness && { integrated: track.loudness.integrated, true_peak: track.loudness.truePeak },
    stream: media(contentUrl(track.trackCid, publicUrl)),
    download: track.isDownloadable ? media(`${publicUrl}/v1/tracks/${publicId}/download`) : null,
    preview: track.previewCid === null ? null : media(contentUrl(track.previewCid, publicUrl)),
    followee_reposts: [],
    followee_favorites: [],
    track_segments: [],
    access: { stream: true, download: track.isDownloadable },
    is_owned_by_user: user.id === viewerId,
    remix_of: { tracks: [] },
    ...empty,
  }
}

const empty = {
  field_visibility: { mood: true, tags: true, genre: true, share: true, play_count: true, remixes: true },
  is_scheduled_release: false,
  is_stream_gated: false,
  is_download_gated: false,
  blocknumber: 0,
} as const

/** An instant in ISO 8601. */
export const iso = (instant: Instant): string => new Date(instant).toISOString()

const media = (url: string): Static<typeof Media> => ({ url, mirrors: [] })
