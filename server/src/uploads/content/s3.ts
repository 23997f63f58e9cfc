import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { StoreUnavailable } from '../../store/contract/errors.ts'
import { isCid } from './cid.ts'
import type { ContentName, ContentStore } from './store.ts'

/** A bucket that nodes share. */
export interface BucketSettings {
  readonly bucket: string
  /** What every key begins with: empty, or it ends with a slash. */
  readonly prefix: string
  readonly region: string
  /** Where a store that is not Amazon's answers. */
  readonly endpoint: string | null
}

/** Milliseconds after a CID was first found to be held by nothing until its bytes go. */
const removedAfter = 60 * 60_000
/** Milliseconds that a removal may take once it knows that nothing holds the CID. */
const removalTimeout = 5_000
/** Bytes of a part; what is smaller is sent at once. */
const partBytes = 32 * 1024 * 1024
const tombstone = 'removed'

/** The driver is loaded by whoever uses it alone. */
const load = () => import('@aws-sdk/client-s3')

/**
 * A content store in a bucket, for several nodes. A CID is removed in two steps an hour apart, so that a node which is about to
 * put the same bytes has said so in the database by then. Rejects with `StoreUnavailable` when the bucket does not answer.
 * @param settleMs milliseconds after which a removal that was under way is over
 */
export async function openBucket(
  { bucket: Bucket, prefix, region, endpoint }: BucketSettings,
  clock: () => number,
  settleMs: number = 2 * removalTimeout,
): Promise<ContentStore> {
  const s3 = await load()
  const client = new s3.S3Client({
    region,
    // Others than Amazon's know neither a bucket in the host's name nor its newer checksums.
    ...(endpoint !== null && {
      endpoint,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED' as const,
      responseChecksumValidation: 'WHEN_REQUIRED' as const,
    }),
  })
  const at = (cid: string, name: string) => ({ Bucket, Key: `${prefix}${cid}/${name}` })

  async function head(cid: string, name: string) {
    if (!isCid(cid)) return undefined
    return found(client.send(new s3.HeadObjectCommand(at(cid, name))))
  }

  const size = async (cid: string, name: string) => (await head(cid, name))?.ContentLength

  async function put(cid: string, name: ContentName, file: string): Promise<void> {
    const mark = await head(cid, tombstone)
    if (mark !== undefined || (await size(cid, name)) === undefined) {
      if (mark !== undefined) await answered(client.send(new s3.DeleteObjectCommand(at(cid, tombstone))))
      await upload(s3, client, at(cid, name), file)
      // A removal that had asked before the file was held may still have taken it.
      if (mark !== undefined) await passed(settleMs)
      if (mark !== undefined && (await size(cid, name)) === undefined)
        await upload(s3, client, at(cid, name), file)
    }
    await rm(file, { force: true })
  }

  async function* read(cid: string, name: ContentName, first: number, last: number) {
    const range = { Range: `bytes=${first}-${last}` }
    const { Body } = await answered(client.send(new s3.GetObjectCommand({ ...at(cid, name), ...range })))
    if (Body instanceof Readable) yield* Body
  }

  async function remove(cid: string, isHeld: () => Promise<boolean>): Promise<void> {
    if (!isCid(cid)) return
    const mark = await head(cid, tombstone)
    const isDue = mark?.LastModified !== undefined && clock() - mark.LastModified.getTime() >= removedAfter
    const until = { abortSignal: AbortSignal.timeout(removalTimeout) }
    if (await isHeld()) {
      if (mark !== undefined) await answered(client.send(new s3.DeleteObjectCommand(at(cid, tombstone))))
    } else if (mark === undefined) {
      await answered(client.send(new s3.PutObjectCommand({ ...at(cid, tombstone), Body: tombstone })))
    } else if (isDue) {
      const all = { Bucket, Prefix: `${prefix}${cid}/` }
      const { Contents = [] } = await answered(client.send(new s3.ListObjectsV2Command(all), until))
      for (const { Key } of Contents)
        await answered(client.send(new s3.DeleteObjectCommand({ Bucket, Key }), until))
    }
  }

  async function list(): Promise<readonly string[]> {
    const cids: string[] = []
    let ContinuationToken: string | undefined
    do {
      const page = { Bucket, Prefix: prefix, Delimiter: '/', ContinuationToken }
      const answer = await answered(client.send(new s3.ListObjectsV2Command(page)))
      for (const { Prefix = '' } of answer.CommonPrefixes ?? []) cids.push(Prefix.slice(prefix.length, -1))
      ContinuationToken = answer.NextContinuationToken
    } while (ContinuationToken !== undefined)
    return cids.filter(isCid)
  }

  return {
    size,
    put,
    read: (cid, name, first, last) => Readable.from(read(cid, name, first, last), { objectMode: false }),
    remove,
    list,
  }
}

interface Place {
  readonly Bucket: string
  readonly Key: string
}

async function upload(s3: Awaited<ReturnType<typeof load>>, client: S3Client, place: Place, file: string) {
  const { size } = await stat(file)
  if (size <= partBytes) {
    const body = { Body: createReadStream(file), ContentLength: size }
    await answered(client.send(new s3.PutObjectCommand({ ...place, ...body })))
    return
  }
  const { UploadId } = await answered(client.send(new s3.CreateMultipartUploadCommand(place)))
  try {
    const Parts: { ETag: string | undefined; PartNumber: number }[] = []
    for (let start = 0; start < size; start += partBytes) {
      const end = Math.min(start + partBytes, size) - 1
      const PartNumber = Parts.length + 1
      const body = { Body: createReadStream(file, { start, end }), ContentLength: end - start + 1 }
      const part = new s3.UploadPartCommand({ ...place, UploadId, PartNumber, ...body })
      Parts.push({ ETag: (await answered(client.send(part))).ETag, PartNumber })
    }
    const whole = { ...place, UploadId, MultipartUpload: { Parts } }
    await answered(client.send(new s3.CompleteMultipartUploadCommand(whole)))
  } catch (error) {
    await client.send(new s3.AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => undefined)
    throw error
  }
}

/** What a call answers; `undefined` when there is no such object. */
async function found<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    throw unavailable(error)
  }
}

async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw unavailable(error)
  }
}

const unavailable = (cause: unknown) => new StoreUnavailable('The object store does not answer', { cause })

function statusOf(error: unknown): unknown {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined
  return metadata instanceof Object && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined
}

const passed = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
