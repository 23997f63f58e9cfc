import type { AudioSource, Store, TrackChanges } from '../store/contract/store.ts'
import { ownPreviewStart } from '../uploads/processing/make-preview.ts'
import type { Previews } from '../uploads/processing/track-previews.ts'

interface PreviewDeps {
  readonly store: Store
  readonly clock: () => number
  readonly previews: Previews
}

/** What is there already: the audio that plays, and its preview. */
export type Before = Pick<TrackChanges, 'trackCid' | 'previewCid' | 'previewStartSeconds'>

/** Which preview goes with it, and of which audio it is. */
type Preview = Pick<TrackChanges, 'previewCid' | 'previewOf'>

/**
 * Finds the preview that begins where a track is to say it does: the upload's own, or one that is cut now.
 * @param before the track as it is; nothing of a new one
 */
export async function previewFor(
  changes: TrackChanges,
  before: Before,
  userId: number,
  deps: PreviewDeps,
): Promise<Preview> {
  const { previewStartSeconds: start } = changes
  const stream = changes.trackCid ?? before.trackCid
  if (start === undefined || stream === undefined || changes.previewCid === null) return {}
  const isOther = changes.trackCid !== undefined && changes.trackCid !== before.trackCid
  const now = changes.previewCid ?? (isOther ? null : (before.previewCid ?? null))
  if (!isOther && changes.previewCid === undefined && now !== null && start === before.previewStartSeconds)
    return {}
  const source = await deps.store.findAudio(stream, now, userId, deps.clock())
  if (source === undefined || isOfAnother(changes, source, before)) return {}
  // Taken away is the time alone: the preview is then the one that came with the upload.
  if (start === null && now === null) return {}
  const own = source.previewCid
  const seconds = source.duration ?? 0
  const isOwn = start === null || start === ownPreviewStart(source.previewStartSeconds, seconds)
  if (own !== null && isOwn) return { previewCid: own, previewOf: stream }
  if (start === null) return {}
  const cut = await deps.previews.make({ userId, stream, seconds, start })
  return cut === null ? {} : { previewCid: cut, previewOf: stream }
}

// A preview that is named and was not made of this audio is its artist's own choice.
const isOfAnother = (changes: TrackChanges, source: AudioSource, before: Before): boolean =>
  changes.previewCid !== undefined &&
  changes.previewCid !== source.previewCid &&
  changes.previewCid !== before.previewCid
