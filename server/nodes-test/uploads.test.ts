import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { bucketEndpoint, bucketKeys, newBucket } from '@stagedoor/testkit/buckets'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { wav } from '@stagedoor/testkit/media'
import { machine, newLogFile } from '@stagedoor/testkit/server'
import { idOf, Sender } from '@stagedoor/testkit/tus-sender'
import pg from 'pg'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { newDatabase } from '../../testkit/databases.ts'
import { nodes } from '../postgres-test/nodes.ts'
import { untraced } from '../src/metrics/tracing/tracing.ts'
import { openPostgresStore } from '../src/store/postgres/store.ts'
import { cidOf } from '../src/uploads/content/cid.ts'
import { openUploads } from '../src/uploads/start.ts'
import { openParts } from '../src/uploads/tus/parts.ts'

const endpoint = bucketEndpoint()
const region = 'us-east-1'
const song = wav(110, { rate: 44_100 })
for (let at = 1000; at < song.length; at += 1000) song.set(randomBytes(2), at)
let client: S3Client

beforeAll(() => {
  Object.assign(process.env, bucketKeys)
  client = new S3Client({ endpoint, region, forcePathStyle: true })
})

async function bucketWithList() {
  const { name, url } = await newBucket()
  const onTheWay = async () => {
    const listed = await client.send(new ListObjectsV2Command({ Bucket: name, Prefix: 'held/incoming/' }))
    return (listed.Contents ?? []).map(({ Key = '' }) => Key)
  }
  return { bucket: name, url, onTheWay }
}

/** Two nodes on one database and one bucket, and somebody who sends to each. */
async function twoWithBucket() {
  const { url, onTheWay } = await bucketWithList()
  const { home, apps, browser, servers, database } = await nodes(2, { ...bucketKeys, MEDIA_URL: url })
  const { access } = await home.pair(browser, { scope: 'write' })
  const [a, b] = apps.map(({ issuer }) => new Sender(issuer, access))
  const [nodeA] = servers
  if (!a || !b || !nodeA) throw new Error('There are not two nodes')
  const pool = new pg.Pool({ connectionString: database, max: 1 })
  onTestFinished(() => pool.end())
  /** An upload as the database has it. */
  const row = async (id: string) => {
    const { rows } = await pool.query('SELECT received, writer FROM uploads WHERE id = $1', [id])
    return { received: Number(rows[0]?.received), isHeld: rows[0]?.writer != null }
  }
  return { a, b, nodeA, onTheWay, row }
}

/** Where an upload is at any node. */
const pathOf = (url: string) => new URL(url).pathname

/** A body that ends when it is let, and stays open after its first bytes until then. */
function halting(first: Uint8Array, rest: Uint8Array = new Uint8Array()) {
  let goOn: () => void = () => undefined
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(first)
      goOn = () => {
        controller.enqueue(rest)
        controller.close()
      }
    },
  })
  return { body, goOn: () => goOn() }
}

test('an upload that changes nodes with every request is byte-identical in the end', async () => {
  const { a, b, onTheWay } = await twoWithBucket()
  const path = pathOf(await a.create(song.length))
  const steps = [0, 1, 500, 5000, 300_000, 9_000_000, song.length]
  for (const [n, end] of steps.slice(1).entries()) {
    const start = steps[n] ?? 0
    const [sender, other] = n % 2 === 0 ? [b, a] : [a, b]
    const bytes = song.subarray(start, end)
    const digest = createHash('sha1').update(bytes).digest('base64')
    const wrong = { 'upload-checksum': `sha1 ${createHash('sha1').digest('base64')}` }
    if (n % 2 === 0) expect((await other.patch(path, start, bytes, wrong)).status).toBe(460)
    expect(await other.offset(path)).toBe(start)
    const checksum = n % 3 === 2 ? { 'upload-checksum': `sha1 ${digest}` } : {}
    expect((await sender.patch(path, start, bytes, checksum)).status).toBe(204)
  }
  const { status, orig_file_cid } = await b.ended(idOf(path))
  const file = join(temporaryFolder(), 'song')
  writeFileSync(file, song)
  expect({ status, orig_file_cid }).toEqual({ status: 'done', orig_file_cid: await cidOf(file) })
  await expect.poll(onTheWay).toEqual([])
})

test('what is no audio is refused at whichever node its first bytes are whole, and nothing of it is left', async () => {
  const { a, b, onTheWay } = await twoWithBucket()
  const path = pathOf(await a.create(1000))
  expect((await b.patch(path, 0, '<html>')).status).toBe(204)
  expect((await a.patch(path, 6, '<head></head>')).status).toBe(422)
  expect((await b.request('HEAD', path)).status).toBe(404)
  expect(await onTheWay()).toEqual([])
})

test('of two nodes that are sent bytes at once one is refused, and neither writes to what is deleted', async () => {
  const { a, b, onTheWay, row } = await twoWithBucket()
  const path = pathOf(await a.create(song.length))
  const { body, goOn } = halting(song.subarray(0, 700), song.subarray(700, 900))
  const first = a.patch(path, 0, body)
  await expect.poll(() => row(idOf(path))).toEqual({ received: 0, isHeld: true })
  expect((await b.patch(path, 0, song.subarray(0, 10))).status).toBe(423)
  goOn()
  expect((await first).status).toBe(204)
  expect(await b.offset(path)).toBe(900)

  const again = halting(song.subarray(900, 1000))
  const second = a.patch(path, 900, again.body)
  await expect.poll(() => row(idOf(path))).toEqual({ received: 900, isHeld: true })
  expect((await b.request('DELETE', path)).status).toBe(204)
  again.goOn()
  expect((await second).status).toBe(410)
  expect(await onTheWay()).toEqual([])
})

test('a node that is killed while it takes bytes leaves its uploads to the other, at once where that is asked', async () => {
  const { a, b, nodeA, row } = await twoWithBucket()
  const asked = pathOf(await a.create(song.length))
  const left = pathOf(await a.create(song.length))
  const sending = [asked, left].map((path) => {
    const { body } = halting(song.subarray(0, 9_000_000))
    return a.patch(path, 0, body).catch(() => null)
  })
  for (const path of [asked, left])
    await expect.poll(async () => (await row(idOf(path))).received).toBeGreaterThan(0)
  await nodeA.end('SIGKILL')
  await Promise.all(sending)
  const offset = await b.offset(asked)
  expect(offset).toBe((await row(idOf(asked))).received)
  expect((await b.patch(asked, offset, song.subarray(offset))).status).toBe(204)
  expect(await b.ended(idOf(asked))).toMatchObject({ status: 'done' })

  const { received } = await row(idOf(left))
  const statuses = new Set<number>()
  const goOn = async () => {
    const { status } = await b.patch(left, received, song.subarray(received))
    statuses.add(status)
    return status
  }
  await expect.poll(goOn).toBe(204)
  for (const status of statuses) expect([204, 423]).toContain(status)
  expect(await b.ended(idOf(left))).toMatchObject({ status: 'done' })
})

test('the sweep deletes the parts of what has expired', async () => {
  const { bucket, onTheWay } = await bucketWithList()
  const database = await newDatabase()
  if (database === undefined) throw new Error('There is no PostgreSQL to test on')
  const store = await openPostgresStore({ url: database, connections: 3, prepares: true })
  const parts = await openParts({ bucket, prefix: 'held/', region, endpoint })
  let ahead = 0
  const rules = { maxBytes: 1e6, quotaBytes: 1e7, freeBytes: 0, requireAuth: false }
  const given = {
    ...machine(newLogFile('uploads')),
    store,
    trace: untraced,
    issuer: 'http://localhost',
    rules,
    dpop: null,
  }
  const folder = temporaryFolder()
  const uploads = await openUploads(
    folder,
    { ...given, clock: () => Date.now() + ahead },
    Promise.resolve(null),
    { content: null, parts },
  )
  onTestFinished(async () => {
    await uploads.stop()
    await store.close()
  })
  const id = randomBytes(24).toString('base64url')
  const now = Date.now()
  const upload = { id, userId: null, address: '192.0.2.1', template: 'audio', filename: 'song.wav' } as const
  const times = { createdAt: now, expiresAt: now + 3_600_000 }
  await store.createUpload(
    { ...upload, ...times, length: 100, previewStartSeconds: null },
    { uploads: 9, bytes: 1e6 },
  )
  const file = join(folder, 'bytes')
  writeFileSync(file, song.subarray(0, 50))
  await store.holdUpload(id, 'writer', now, now + 1000)
  await parts.put(id, 'name', file, 50)
  expect(await store.addPart(id, 'writer', 0, { start: 0, bytes: 50, name: 'name' })).toBe(true)
  await uploads.sweep()
  expect(await onTheWay()).toEqual([`held/incoming/${id}/name`])
  ahead = 2 * 3_600_000
  await uploads.sweep()
  expect(await onTheWay()).toEqual([])
})

test('a node whose disk is full takes bytes still, and leaves the work on them to the other; nobody is told that a file is at fault', async () => {
  const { url } = await bucketWithList()
  const full = { UPLOAD_FREE_BYTES: '1000000000000' }
  const { home, apps, browser } = await nodes(2, (node) => ({
    ...bucketKeys,
    MEDIA_URL: url,
    ...(node === 0 ? full : {}),
  }))
  const { access } = await home.pair(browser, { scope: 'write' })
  const [a] = apps
  if (!a) throw new Error('There is no node')
  const sender = new Sender(a.issuer, access)
  expect((await (await fetch(`${a.issuer}/health_check`)).json()).data.diskHasSpace).toBe(true)
  const tone = wav(1)
  const paths: string[] = []
  for (let n = 0; n < 6; n += 1) {
    const path = pathOf(await sender.create(tone.length))
    expect((await sender.patch(path, 0, tone)).status).toBe(204)
    paths.push(path)
  }
  for (const path of paths) expect(await sender.ended(idOf(path), 60_000)).toMatchObject({ status: 'done' })
})

test('a node that is halted while it works on a file, and goes on later, changes nothing of what another made of it', async () => {
  const { url } = await bucketWithList()
  const { home, apps, browser, servers, database } = await nodes(2, { ...bucketKeys, MEDIA_URL: url })
  const { access } = await home.pair(browser, { scope: 'write' })
  const pool = new pg.Pool({ connectionString: database, max: 1 })
  onTestFinished(() => pool.end())
  const [a, b] = apps
  const [nodeA, nodeB] = servers
  if (!a || !b || !nodeA || !nodeB) throw new Error('There are not two nodes')
  const job = async () => {
    const { rows } = await pool.query('SELECT status, attempts FROM uploads')
    return { status: rows[0]?.status, attempts: Number(rows[0]?.attempts) }
  }
  onTestFinished(() => void nodeA.process.kill('SIGCONT'))
  nodeB.process.kill('SIGSTOP')
  const atA = new Sender(a.issuer, access)
  const path = pathOf(await atA.create(song.length))
  expect((await atA.patch(path, 0, song)).status).toBe(204)
  await expect.poll(job).toEqual({ status: 'busy', attempts: 1 })
  nodeA.process.kill('SIGSTOP')
  nodeB.process.kill('SIGCONT')
  const atB = new Sender(b.issuer, access)
  const result = await atB.ended(idOf(path), 60_000)
  expect(result).toMatchObject({ status: 'done' })
  expect(await job()).toEqual({ status: 'done', attempts: 2 })
  nodeA.process.kill('SIGCONT')
  await expect.poll(() => nodeA.log()).toMatch(/upload (taken away|given back)/)
  expect(await atB.ended(idOf(path))).toEqual(result)
})
