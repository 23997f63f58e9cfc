import type { S3Client } from '@aws-sdk/client-s3'
import { StoreUnavailable } from '../store/contract/errors.ts'

/** A bucket that nodes share. */
export interface BucketSettings {
  readonly bucket: string
  /** What every key begins with: empty, or it ends with a slash. */
  readonly prefix: string
  readonly region: string
  /** Where a store that is not Amazon's answers. */
  readonly endpoint: string | null
}

/** The driver is loaded by whoever uses it alone. */
const load = () => import('@aws-sdk/client-s3')

/** The commands of the driver, and what sends them. */
export interface Connected {
  readonly s3: Awaited<ReturnType<typeof load>>
  readonly client: S3Client
}

export async function connect({ region, endpoint }: BucketSettings): Promise<Connected> {
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
  return { s3, client }
}

/** What a call answers; `undefined` when there is no such object. @throws StoreUnavailable */
export async function found<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    throw unavailable(error)
  }
}

/** What a call answers. @throws StoreUnavailable */
export async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw unavailable(error)
  }
}

/** Puts an object, reads and lists it, and deletes it. @throws StoreUnavailable, or Error when what is read differs */
export async function checkBucket(settings: BucketSettings): Promise<void> {
  const { s3, client } = await connect(settings)
  const { bucket: Bucket, prefix } = settings
  const object = { Bucket, Key: `${prefix}doctor.probe` }
  await answered(client.send(new s3.PutObjectCommand({ ...object, Body: 'probe' })))
  const { Body } = await answered(client.send(new s3.GetObjectCommand(object)))
  const read = await Body?.transformToString()
  await answered(client.send(new s3.ListObjectsV2Command({ Bucket, Prefix: object.Key })))
  await answered(client.send(new s3.DeleteObjectCommand(object)))
  if (read !== 'probe') throw new Error('It answered something else than what was put')
}

/** The names of the folders right under a prefix. @throws StoreUnavailable */
export async function foldersOf(
  { s3, client }: Connected,
  Bucket: string,
  Prefix: string,
): Promise<readonly string[]> {
  const names: string[] = []
  let ContinuationToken: string | undefined
  do {
    const page = { Bucket, Prefix, Delimiter: '/', ContinuationToken }
    const answer = await answered(client.send(new s3.ListObjectsV2Command(page)))
    for (const folder of answer.CommonPrefixes ?? [])
      names.push(folder.Prefix?.slice(Prefix.length, -1) ?? '')
    ContinuationToken = answer.NextContinuationToken
  } while (ContinuationToken !== undefined)
  return names
}

const unavailable = (cause: unknown) => new StoreUnavailable('The object store does not answer', { cause })

function statusOf(error: unknown): unknown {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined
  return metadata instanceof Object && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined
}
