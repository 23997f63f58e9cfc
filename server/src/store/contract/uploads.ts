import type { Instant } from './types.ts'

/** What an upload is meant to become. */
export type UploadTemplate = 'audio' | 'img_square' | 'img_backdrop'

export interface NewUpload {
  readonly id: string
  /** Whose access token sends it; null for one that is only staged. */
  readonly userId: number | null
  /** Where a staged one comes from, as the limits count it; null for a user's. */
  readonly address: string | null
  readonly template: UploadTemplate
  readonly filename: string
  /** Bytes, as declared. */
  readonly length: number
  readonly previewStartSeconds: number | null
  readonly createdAt: Instant
  readonly expiresAt: Instant
  /** The node that has its bytes, and alone can process them; any where none is named. */
  readonly node?: string | undefined
}

/** What one user, or one address without a token, may have open: never claimed, not failed. */
export interface UploadLimits {
  readonly uploads: number
  readonly bytes: number
}

/** A part of an upload as it lies in the content store. */
export interface UploadFile {
  readonly role: 'original' | 'stream' | 'preview' | 'image'
  readonly cid: string
  /** The media type found in the bytes. */
  readonly type: string
  readonly bytes: number
}

/** How loud audio is by EBU R128. */
export interface Loudness {
  /** LUFS. */
  readonly integrated: number
  /** dBTP. */
  readonly truePeak: number | null
}

/** What the bytes say of themselves. */
export interface AudioFacts {
  readonly durationSeconds: number | null
  readonly bpm: number | null
  readonly musicalKey: string | null
  /** None of silence, and none of what was not decoded here. */
  readonly loudness?: Loudness | undefined
}

export interface Upload extends NewUpload, AudioFacts {
  readonly status: 'receiving' | 'new' | 'busy' | 'done' | 'error'
  /** The code of why it failed, of which words are made when somebody reads it. */
  readonly error: string | null
  /** Of the processing, from 0 to 1. */
  readonly progress: number
  readonly claimedAt: Instant | null
  /** How many bytes lie in the parts that any node can read. */
  readonly received: number
  readonly files: readonly UploadFile[]
}

/** Bytes of an upload on its way, from a position on, and the name under which they lie. */
export interface UploadPart {
  readonly start: number
  readonly bytes: number
  readonly name: string
}

/** An upload to process, and which attempt this is: only the latest attempt can report. */
export interface UploadJob {
  readonly id: string
  readonly attempt: number
}

export type UploadDeletion =
  /** `unreferenced`: what lies in the content store for no other upload. */
  | { readonly outcome: 'deleted'; readonly unreferenced: readonly string[] }
  | { readonly outcome: 'unknown' }
  /** Something published refers to it. */
  | { readonly outcome: 'claimed' }

export interface SweptUploads {
  readonly ids: readonly string[]
  /** What lies in the content store for no other upload. */
  readonly unreferenced: readonly string[]
}

/** What is known of audio that a user may publish. */
export interface AudioSource {
  /** Seconds. */
  readonly duration: number | null
  /** The preview that came with it, and where that begins. */
  readonly previewCid: string | null
  readonly previewStartSeconds: number | null
}

/** The verbs of uploads; part of the contract in `store.ts`. */
export interface UploadStore {
  /** Reserves an upload's bytes; of any number of concurrent calls only those within the limits are `created`. */
  createUpload(upload: NewUpload, limits: UploadLimits): Promise<'created' | 'too_many' | 'too_large'>
  /** An upload with its files, expired ones included until they are swept. */
  findUpload(id: string): Promise<Upload | undefined>
  /** Queues an upload whose bytes are all there; false when it was queued before or is gone. */
  finishUpload(id: string): Promise<boolean>
  /** Takes an upload to write to it; false while another writer has it, whose time is not over, and when it is gone. */
  holdUpload(id: string, writer: string, now: Instant, until: Instant): Promise<boolean>
  /** Goes on holding an upload; false when it was taken away. */
  prolongUpload(id: string, writer: string, until: Instant): Promise<boolean>
  /** Lets an upload go: a writer what it still holds, or, where none is named, whoever holds it. */
  freeUpload(id: string, writer?: string): Promise<void>
  /**
   * Records bytes that came after the first `from`, in place of a part that began where they do, and queues the upload once it
   * is whole; false when the writer holds it no more or it stands elsewhere, and then nothing is recorded.
   */
  addPart(id: string, writer: string, from: number, part: UploadPart): Promise<boolean>
  /** The parts of an upload in their order, until it is processed. */
  listParts(id: string): Promise<readonly UploadPart[]>
  /** Takes one upload before its bytes are there, past the queue; `undefined` when it was queued or taken before. */
  takeJob(id: string, leaseUntil: Instant): Promise<UploadJob | undefined>
  /** Deletes an upload that nobody has claimed; a processing under way can report nothing afterwards. */
  deleteUpload(id: string): Promise<UploadDeletion>
  /** How many uploads wait to be processed, or are under way. */
  countJobs(): Promise<number>
  /**
   * Takes the oldest upload of this node, or of none, that is queued, or whose processing has outlived its lease. Of any
   * number of concurrent calls one gets it. One that was begun `attempts` times already is failed with `error` instead.
   */
  claimJob(
    now: Instant,
    leaseUntil: Instant,
    attempts: number,
    error: string,
    node?: string,
  ): Promise<UploadJob | undefined>
  /** Reports progress (0 to 1) and prolongs the lease; false when the job is another's by now, or gone. */
  prolongJob(job: UploadJob, progress: number, leaseUntil: Instant): Promise<boolean>
  /** Records a file before its bytes are put into the content store, so that no sweep takes them. */
  addFile(job: UploadJob, file: UploadFile): Promise<boolean>
  completeJob(job: UploadJob, facts: AudioFacts): Promise<boolean>
  /**
   * Fails an upload with words for its sender; answers what it leaves in the content store for no other upload, and undefined
   * where the job is another's by now.
   */
  failJob(job: UploadJob, error: string): Promise<readonly string[] | undefined>
  /** Gives a job back to the queue as if it had not been begun. */
  returnJob(job: UploadJob): Promise<void>
  /** Gives back what an earlier process of a node had begun: nobody works on it, and its leases are void. It counts as begun. */
  returnJobsOf(node: string): Promise<void>
  /** A file of the content store that something claimed refers to and that is for everyone: no mere `original`. */
  findContent(cid: string): Promise<UploadFile | undefined>
  /** The same of any role. */
  findClaimed(cid: string): Promise<UploadFile | undefined>
  /** Audio that a track of this user may play: the upload of it whose preview is named, or the newest. */
  findAudio(
    trackCid: string,
    previewCid: string | null,
    userId: number,
    now: Instant,
  ): Promise<AudioSource | undefined>
  /** Those of the CIDs that any upload holds. */
  findReferenced(cids: readonly string[]): Promise<readonly string[]>
  /** Deletes at most `limit` uploads that have expired unclaimed. A claim at the same moment wins or finds nothing. */
  sweepUploads(now: Instant, limit: number): Promise<SweptUploads>
}
