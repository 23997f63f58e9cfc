import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { bucketEndpoint, bucketKeys, newBucket } from '@stagedoor/testkit/buckets'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { beforeAll, expect, test } from 'vitest'
import { StoreUnavailable } from '../src/store/contract/errors.ts'
import { cidOf } from '../src/uploads/content/cid.ts'
import { openBucket } from '../src/uploads/content/s3.ts'
import { type Mood, moodyStore } from './moody-store.ts'

beforeAll(() => {
  Object.assign(process.env, bucketKeys)
})

async function bucketOf(moodOf: Parameters<typeof moodyStore>[1]) {
  const { name: bucket } = await newBucket()
  const endpoint = await moodyStore(bucketEndpoint(), moodOf)
  return openBucket({ bucket, prefix: '', region: 'us-east-1', endpoint }, Date.now)
}

async function fileOf(bytes: Uint8Array) {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, bytes)
  return { file, cid: await cidOf(file) }
}

test('a part that the store is too busy for is sent again, and the file is begun once', {
  timeout: 60_000,
}, async () => {
  const moods: Mood[] = ['well', 503, 500, 'well', 429, 'well', 'well']
  const requests: string[] = []
  const store = await bucketOf(({ method, url }) => {
    const { searchParams } = new URL(url, 'http://store')
    const isPart = method === 'PUT' && searchParams.has('partNumber')
    if (method === 'POST' && searchParams.has('uploads')) requests.push('begun')
    if (isPart) requests.push(`part ${searchParams.get('partNumber')}`)
    return isPart ? (moods.shift() ?? 'well') : 'well'
  })
  const bytes = randomBytes(70 * 1024 * 1024)
  const { file, cid } = await fileOf(bytes)
  await store.put(cid, 'audio', file)
  expect(requests).toEqual(['begun', 'part 1', 'part 2', 'part 2', 'part 2', 'part 3', 'part 3'])
  expect((await buffer(store.read(cid, 'audio', 0, bytes.length - 1))).equals(bytes)).toBe(true)
})

test('a store that stays too busy, or says nothing, is unavailable, and the file stays where it was', {
  timeout: 60_000,
}, async () => {
  for (const mood of [503, 'silent'] as const) {
    const store = await bucketOf(({ method }) => (method === 'PUT' ? mood : 'well'))
    const { file, cid } = await fileOf(randomBytes(1000))
    const began = performance.now()
    await expect(store.put(cid, 'audio', file)).rejects.toThrow(StoreUnavailable)
    expect(performance.now() - began).toBeLessThan(25_000)
    expect(await cidOf(file)).toBe(cid)
  }
})
