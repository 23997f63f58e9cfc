import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { unanswered } from '../store/contract/errors.ts'

/** A bucket that nodes share. */
export interface BucketSettings {
  readonly bucket: string
  /** What every key begins with: empty, or it ends with a slash. */
  readonly prefix: string
  readonly region: string
  /** Where a store that is not Amazon's answers. */
  readonly endpoint: string | null
}

/** Milliseconds for a connection to the store, and for which it may be silent on one. */
const connectTimeoutMs = 5_000
const silenceMs = 20_000
/** How often the bytes of a file are sent to a store that is too busy to take them, and milliseconds of the first pause. */
const mostTries = 4
const firstPauseMs = 250

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
    // What it would write to the process's output stands in what a call rejects with.
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    requestHandler: { connectionTimeout: connectTimeoutMs, socketTimeout: silenceMs },
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

const silent = () => undefined

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

/**
 * What a call answers that sends bytes of a file, sent again while the store is too busy for them: the driver does so with whatever else it
 * sends, and cannot begin a stream anew.
 * @param first the first byte of the file that is sent
 * @param last the last of them
 * @throws StoreUnavailable
 */
export async function sent<T>(
  file: string,
  { first, last }: { readonly first: number; readonly last: number },
  send: (body: { readonly Body: Readable; readonly ContentLength: number }) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const Body = createReadStream(file, { start: first, end: last })
    try {
      return await send({ Body, ContentLength: last - first + 1 })
    } catch (error) {
      if (!isBusy(error) || tries === mostTries) throw unavailable(error)
      await new Promise((resolve) => setTimeout(resolve, firstPauseMs * 2 ** (tries - 1)))
    } finally {
      Body.destroy()
    }
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

const unavailable = (cause: unknown) => unanswered('The object store does not answer', cause)

function isBusy(error: unknown): boolean {
  const status = statusOf(error)
  return typeof status === 'number' && (status >= 500 || status === 429)
}

function statusOf(error: unknown): unknown {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined
  return metadata instanceof Object && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined
}
