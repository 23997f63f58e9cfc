import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { bucketEndpoint } from '@stagedoor/testkit/buckets'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StoreUnavailable } from '../src/store/contract/errors.ts'
import { checkBucket } from '../src/uploads/bucket.ts'
import { cidOf } from '../src/uploads/content/cid.ts'
import { openBucket } from '../src/uploads/content/s3.ts'
import type { ContentStore } from '../src/uploads/content/store.ts'

const endpoint = bucketEndpoint()
const folder = mkdtempSync(join(tmpdir(), 'stagedoor-bucket-'))
const settings = { bucket: 'media', prefix: 'served/', region: 'us-east-1', endpoint }
const hour = 60 * 60_000
let ahead = 0
let one: ContentStore
let two: ContentStore

beforeAll(async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'test:tester'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'testing'
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: settings.bucket }))
  one = await openBucket(settings, () => Date.now() + ahead, 50)
  two = await openBucket(settings, () => Date.now() + ahead, 2000)
})
afterAll(() => rmSync(folder, { recursive: true }))

async function fileOf(bytes: Uint8Array): Promise<{ readonly file: string; readonly cid: string }> {
  const file = join(folder, randomBytes(6).toString('hex'))
  writeFileSync(file, bytes)
  return { file, cid: await cidOf(file) }
}

const isHeld = async () => true
const isFree = async () => false

test('what one node has put, another reads, whole and in ranges', async () => {
  const bytes = randomBytes(300_000)
  const { file, cid } = await fileOf(bytes)
  expect(await two.size(cid, 'audio')).toBeUndefined()
  await one.put(cid, 'audio', file)
  expect(existsSync(file)).toBe(false)
  expect(await two.size(cid, 'audio')).toBe(bytes.length)
  expect((await buffer(two.read(cid, 'audio', 0, bytes.length - 1))).equals(bytes)).toBe(true)
  expect((await buffer(two.read(cid, 'audio', 1000, 1999))).equals(bytes.subarray(1000, 2000))).toBe(true)
  expect(await two.list()).toContain(cid)
})

test('a large file goes in parts and comes back the same', { timeout: 60_000 }, async () => {
  const bytes = randomBytes(70 * 1024 * 1024)
  const { file, cid } = await fileOf(bytes)
  await one.put(cid, 'audio', file)
  expect((await buffer(two.read(cid, 'audio', 0, bytes.length - 1))).equals(bytes)).toBe(true)
})

test('what nothing holds goes an hour after that was found, and not when it is held again', async () => {
  const bytes = randomBytes(1000)
  const { file, cid } = await fileOf(bytes)
  await one.put(cid, '150x150.jpg', file)
  await one.remove(cid, isFree)
  await two.remove(cid, isFree)
  expect(await two.size(cid, '150x150.jpg')).toBe(1000)
  await one.remove(cid, isHeld)
  ahead += hour
  await two.remove(cid, isFree)
  expect(await two.size(cid, '150x150.jpg')).toBe(1000)
  ahead += hour
  await two.remove(cid, isFree)
  expect(await one.size(cid, '150x150.jpg')).toBeUndefined()
  expect(await one.list()).not.toContain(cid)
})

test('bytes that are put while a removal is under way are there afterwards', async () => {
  const bytes = randomBytes(1000)
  const first = await fileOf(bytes)
  const again = await fileOf(bytes)
  await one.put(first.cid, 'audio', first.file)
  await one.remove(first.cid, isFree)
  ahead += hour
  // It has asked, and goes on once the other has put.
  let goOn = (): void => undefined
  const asked = new Promise<boolean>((resolve) => {
    goOn = () => resolve(false)
  })
  const removing = one.remove(first.cid, () => asked)
  const putting = two.put(first.cid, 'audio', again.file)
  goOn()
  await removing
  await putting
  expect(await one.size(first.cid, 'audio')).toBe(1000)
})

test('a bucket that does not answer is unavailable, and says so', async () => {
  const away = await openBucket({ ...settings, endpoint: 'http://127.0.0.1:9' }, Date.now)
  await expect(away.list()).rejects.toThrow(StoreUnavailable)
})

test('a check of the bucket leaves nothing in it, and rejects where there is none', async () => {
  await checkBucket(settings)
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true })
  const probe = { Bucket: settings.bucket, Prefix: `${settings.prefix}doctor` }
  expect((await client.send(new ListObjectsV2Command(probe))).KeyCount).toBe(0)
  await expect(checkBucket({ ...settings, bucket: 'nowhere' })).rejects.toThrow(StoreUnavailable)
})
