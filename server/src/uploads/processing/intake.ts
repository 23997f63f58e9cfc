import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { NewUpload, Upload, UploadLimits } from '../../store/contract/store.ts'
import type { UploadDeps } from '../deps.ts'
import { checkSpace } from '../room.ts'
import { forget } from '../sweep.ts'
import type { Transcoder } from './ffmpeg.ts'
import { takeUpload } from './take-upload.ts'

/** Bytes of a file of this machine. */
export interface LocalBytes {
  readonly path: string
  readonly offset: number
  readonly size: number
}

/** Files that are on this machine already, and become uploads of a user like any others. */
export interface Intake {
  /** A new place for a file, emptied of what a crash left at every start. */
  place(): string
  /** Refuses bytes that the disk has no room for. @throws OAuthError 507 */
  checkSpace(bytes: number): Promise<void>
  /**
   * Makes of bytes what an upload of them would come to, ahead of what waits in the queue.
   * @throws OAuthError 413, 429, 507
   */
  take(bytes: LocalBytes, facts: TakenFacts, userId: number, limits: UploadLimits): Promise<Upload>
  /** Deletes what was taken and is not claimed. */
  drop(ids: readonly string[]): Promise<void>
  /** Ends what is under way. */
  stop(): Promise<void>
}

type TakenFacts = Pick<NewUpload, 'template' | 'filename' | 'previewStartSeconds'>

export function openIntake(deps: UploadDeps, transcoder: PromiseLike<Transcoder | null>): Intake {
  const stopping = new AbortController()
  const working = new Set<Promise<unknown>>()
  const place = () => join(deps.workshop, `taken.${Buffer.from(deps.random(24)).toString('base64url')}`)
  return {
    place,
    checkSpace: (bytes) => checkSpace(bytes, deps),
    take: (bytes, facts, userId, limits) => {
      const taken = take(bytes, { ...facts, length: bytes.size }, userId, limits)
      working.add(taken)
      return taken.finally(() => working.delete(taken))
    },
    drop: async (ids) => {
      for (const id of ids) {
        const deletion = await deps.store.deleteUpload(id)
        if (deletion.outcome === 'claimed') continue
        await deps.incoming.delete(id)
        if (deletion.outcome === 'deleted') await forget(deletion.unreferenced, deps)
      }
    },
    stop: async () => {
      stopping.abort()
      await Promise.allSettled(working)
    },
  }

  async function take(
    { path, offset, size }: LocalBytes,
    facts: TakenFacts & { readonly length: number },
    userId: number,
    limits: UploadLimits,
  ): Promise<Upload> {
    stopping.signal.throwIfAborted()
    await checkSpace(size, deps)
    const copy = place()
    try {
      // Before there is a job: copying gives no sign of life.
      await pipeline(
        createReadStream(path, { start: offset, end: offset + size - 1 }),
        createWriteStream(copy),
        { signal: stopping.signal },
      )
      const file = { path: copy, facts, userId, limits }
      return await takeUpload(file, await transcoder, stopping.signal, deps)
    } finally {
      await rm(copy, { force: true })
    }
  }
}
