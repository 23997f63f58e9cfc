import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Reply, Request } from '../http/message.ts'
import { openContentFolder } from './content/folder.ts'
import type { ContentStore } from './content/store.ts'
import type { UploadDeps } from './deps.ts'
import { nodeId } from './node-id.ts'
import type { Transcoder } from './processing/ffmpeg.ts'
import { openPictures, type Pictures } from './processing/form-pictures.ts'
import { type Intake, openIntake } from './processing/intake.ts'
import { startProcessing } from './processing/processing.ts'
import { openPreviews, type Previews } from './processing/track-previews.ts'
import { hasRoom } from './room.ts'
import { recover, sweepUploads } from './sweep.ts'
import { BucketIncoming } from './tus/bucket-incoming.ts'
import { FolderIncoming } from './tus/folder-incoming.ts'
import { createLeases } from './tus/leases.ts'
import { createLocks } from './tus/locks.ts'
import type { Parts } from './tus/parts.ts'

/** Uploads at work. */
export interface Uploads {
  readonly content: ContentStore
  /** Makes what answers what comes to `/files/`. */
  openTus(): Promise<(request: Request) => Promise<Reply>>
  /** Takes pictures that come with the forms of our own pages. */
  readonly pictures: Pictures
  readonly previews: Previews
  /** Takes files that are on this machine already. */
  readonly intake: Intake
  /** Whether bytes that a sender has would be taken now. */
  hasSpace(): Promise<boolean>
  sweep(): Promise<void>
  /** Gives back the job under way, and removes what was only for this process. */
  stop(): Promise<void>
}

/** What nodes have together. */
export interface Shared {
  /** The files that are served. */
  readonly content: ContentStore | null
  /** Files on their way. */
  readonly parts: Parts | null
}

/** Milliseconds between two looks for what a crash has left. */
const recoverEvery = 60 * 60_000

/**
 * Starts to take uploads, beginning with what the last process left.
 * @param dataDir where they are kept; null for a folder that ends with this process
 * @param transcoder resolves to null where audio is served as it came
 * @param shared where nodes keep them together; null in each for a folder in `dataDir`
 */
export async function openUploads(
  dataDir: string | null,
  given: Omit<UploadDeps, 'incoming' | 'locks' | 'content' | 'node' | 'workshop'>,
  transcoder: PromiseLike<Transcoder | null>,
  shared: Shared = { content: null, parts: null },
): Promise<Uploads> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'stagedoor-uploads-'))
  const workshop = join(folder, 'uploads', 'work')
  rmSync(workshop, { recursive: true, force: true })
  mkdirSync(workshop, { recursive: true })
  const deps: UploadDeps = {
    ...given,
    workshop,
    node: nodeId(join(folder, 'uploads'), given.random),
    ...openIncoming(join(folder, 'uploads', 'incoming'), workshop, given, shared.parts),
    content: shared.content ?? openContentFolder(join(folder, 'content')),
  }
  // No other process works on this folder, so what was under way in it is nobody's.
  await deps.store.returnJobsOf(deps.node)
  await recover(deps)
  let recovered = deps.clock()
  const processing = startProcessing(deps, transcoder)
  const pictures = openPictures(deps)
  const intake = openIntake(deps, transcoder)
  return {
    content: deps.content,
    openTus: async () => (await import('./tus/tus.ts')).openTus(deps, processing.wake),
    pictures,
    intake,
    previews: openPreviews(deps),
    hasSpace: () => hasRoom(deps),
    sweep: async () => {
      await sweepUploads(deps)
      if (deps.clock() - recovered < recoverEvery) return
      await recover(deps)
      recovered = deps.clock()
      processing.wake()
    },
    stop: async () => {
      await Promise.all([processing.stop(), pictures.stop(), intake.stop()])
      if (dataDir === null) rmSync(folder, { recursive: true, force: true })
    },
  }
}

function openIncoming(
  directory: string,
  workshop: string,
  given: Pick<UploadDeps, 'store' | 'clock' | 'random'>,
  parts: Parts | null,
): Pick<UploadDeps, 'incoming' | 'locks'> {
  const local = new FolderIncoming(directory, workshop, given.store)
  if (parts === null) return { incoming: local, locks: createLocks() }
  const locks = createLeases(given)
  return { incoming: new BucketIncoming(workshop, { ...given, parts, local, writers: locks }), locks }
}
