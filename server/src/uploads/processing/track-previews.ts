import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { cidOf } from '../content/cid.ts'
import type { UploadDeps } from '../deps.ts'
import { openUpload } from '../tus/create-upload.ts'
import { cutPreview } from './make-preview.ts'

/** Audio that a preview is to be cut of. */
export interface PreviewWish {
  readonly userId: number
  /** The CID of its stream. */
  readonly stream: string
  /** How long it is. */
  readonly seconds: number
  readonly start: number
}

/** Previews that are asked for once the audio is there. */
export interface Previews {
  /**
   * Cuts a preview out of a stream. It is the user's to claim for a day.
   * @returns its CID; null where the stream was not made here, so that there are no previews
   * @throws OAuthError 413, 429, 507
   */
  make(wish: PreviewWish): Promise<string | null>
}

/** Milliseconds for which keeping a preview, which gives no sign of life, is left to whoever cut it: a bucket may have to be asked again. */
const keepingMs = 10 * 60_000

export const openPreviews = (deps: UploadDeps): Previews => ({
  make: async (wish) => {
    const name = `preview.${Buffer.from(deps.random(24)).toString('base64url')}`
    const file = join(deps.workshop, name)
    try {
      return (await cut(wish, file, deps)) ? await keep(wish, file, deps) : null
    } finally {
      await rm(file, { force: true })
    }
  },
})

async function cut(
  { stream, seconds, start }: PreviewWish,
  file: string,
  deps: UploadDeps,
): Promise<boolean> {
  const { content } = deps
  const size = await content.size(stream, 'audio')
  if (size === undefined) return false
  const read = (first: number, last: number) => content.read(stream, 'audio', first, last)
  return cutPreview({ size, read }, start, seconds, file)
}

// An upload of its own, with nothing but the preview: it goes when the track has another.
async function keep({ userId, start }: PreviewWish, file: string, deps: UploadDeps): Promise<string | null> {
  const { store, clock, content } = deps
  const { size: bytes } = await stat(file)
  const facts = {
    template: 'audio',
    filename: 'preview.mp3',
    previewStartSeconds: start,
    length: bytes,
  } as const
  const cid = await cidOf(file)
  const { id } = await openUpload({ userId, address: null }, facts, deps)
  const job = await store.takeJob(id, clock() + keepingMs)
  if (job === undefined || !(await store.addFile(job, { role: 'preview', cid, type: 'audio/mpeg', bytes })))
    return null
  await content.put(cid, 'audio', file)
  const unknown = { durationSeconds: null, bpm: null, musicalKey: null }
  return (await store.completeJob(job, unknown)) ? cid : null
}
