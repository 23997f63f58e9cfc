import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { answered, type BucketSettings, type Connected, connect, foldersOf, found, sent } from '../bucket.ts'
import { isCid } from './cid.ts'
import type { ContentName, ContentStore } from './store.ts'

/** Milliseconds after a CID was first found to be held by nothing until its bytes go. */
const removedAfter = 60 * 60_000
/** Milliseconds that a removal may take once it knows that nothing holds the CID. */
const removalTimeout = 5_000
/** Bytes of a part; what is smaller is sent at once. */
const partBytes = 32 * 1024 * 1024
const tombstone = 'removed'

/**
 * A content store in a bucket, for several nodes. A CID is removed in two steps an hour apart, so that a node which is about to
 * put the same bytes has said so in the database by then. Rejects with `StoreUnavailable` when the bucket does not answer.
 * @param settleMs milliseconds after which a removal that was under way is over
 */
export async function openBucket(
  settings: BucketSettings,
  clock: () => number,
  settleMs: number = 2 * removalTimeout,
): Promise<ContentStore> {
  const { bucket: Bucket, prefix } = settings
  const connected = await connect(settings)
  const { s3, client } = connected
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
      await upload(connected, at(cid, name), file)
      // A removal that had asked before the file was held may still have taken it.
      if (mark !== undefined) await passed(settleMs)
      if (mark !== undefined && (await size(cid, name)) === undefined)
        await upload(connected, at(cid, name), file)
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

  return {
    size,
    put,
    read: (cid, name, first, last) => Readable.from(read(cid, name, first, last), { objectMode: false }),
    remove,
    list: async () => (await foldersOf(connected, Bucket, prefix)).filter(isCid),
  }
}

interface Place {
  readonly Bucket: string
  readonly Key: string
}

async function upload({ s3, client }: Connected, place: Place, file: string) {
  const { size } = await stat(file)
  if (size <= partBytes) {
    await sent(file, { first: 0, last: size - 1 }, (body) =>
      client.send(new s3.PutObjectCommand({ ...place, ...body })),
    )
    return
  }
  const { UploadId } = await answered(client.send(new s3.CreateMultipartUploadCommand(place)))
  try {
    const Parts: { ETag: string | undefined; PartNumber: number }[] = []
    for (let start = 0; start < size; start += partBytes) {
      const last = Math.min(start + partBytes, size) - 1
      const PartNumber = Parts.length + 1
      const part = await sent(file, { first: start, last }, (body) =>
        client.send(new s3.UploadPartCommand({ ...place, UploadId, PartNumber, ...body })),
      )
      Parts.push({ ETag: part.ETag, PartNumber })
    }
    const whole = { ...place, UploadId, MultipartUpload: { Parts } }
    await answered(client.send(new s3.CompleteMultipartUploadCommand(whole)))
  } catch (error) {
    await client.send(new s3.AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => undefined)
    throw error
  }
}

const passed = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
