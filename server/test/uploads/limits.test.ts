import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileInstallation, remains, senderOf } from '@stagedoor/testkit/installation'
import { wav } from '@stagedoor/testkit/media'
import { freePort } from '@stagedoor/testkit/ports'
import { testServer } from '@stagedoor/testkit/server'
import { idOf, Sender } from '@stagedoor/testkit/tus-sender'
import { nova, sam } from '@stagedoor/testkit/wire-browser'
import { expect, onTestFinished, test } from 'vitest'
import { BucketIncoming } from '../../src/uploads/tus/bucket-incoming.ts'
import { FolderIncoming } from '../../src/uploads/tus/folder-incoming.ts'
import { refusalsOf } from './refusal.ts'

const mega = 1_000_000
const server = await fileInstallation({
  MAX_UPLOAD_BYTES: String(2 * mega),
  UPLOAD_QUOTA_BYTES: String(5 * mega),
  UPLOAD_FREE_BYTES: '0',
})
const song = wav(1)
const owner = await senderOf(server, nova)
const nobody = new Sender(server.url)
const expectRefusal = refusalsOf(server)

test.each([
  ['over the limit', String(2 * mega + 1), 413],
  ['negative', '-1', 400],
  ['zero', '0', 400],
  ['in another notation', '1e6', 400],
  ['of 2^53', String(2 ** 53), 400],
  ['no number', 'ten', 400],
  ['hexadecimal', '0x10', 400],
  ['twice', '10, 10', 400],
])('UP-5: a length %s is refused', async (_, length, status) => {
  await expectRefusal(() => owner.post(length), status)
})

test('UP-5: a missing or deferred length is refused', async () => {
  await expectRefusal(() => owner.request('POST', ''), 400)
  await expectRefusal(() => owner.request('POST', '', { 'upload-defer-length': '1' }), 400)
  await expectRefusal(() => owner.post(10, {}, { 'upload-defer-length': '1' }), 400)
})

test('UP-5: bytes beyond the declared length are refused, however they are sent', async () => {
  const url = await owner.create(40)
  await expectRefusal(() => owner.patch(url, 0, song.subarray(0, 41)), 413)
  expect(await owner.offset(url)).toBe(0)
  const endless = new ReadableStream({
    // Endless within one process, it lets the server have its turns.
    pull: async (controller) => {
      await new Promise(setImmediate)
      controller.enqueue(song.slice(0, 16))
    },
  })
  const response = await owner.patch(url, 0, endless).catch(() => null)
  expect([413, undefined]).toContain(response?.status)
  expect(await owner.offset(url)).toBeLessThanOrEqual(40)
  expect((await owner.request('DELETE', url)).status).toBe(204)
})

test('UP-6: what is open is limited for each user, and each address', async () => {
  const limited = await senderOf(server, sam)
  await limited.create(2 * mega)
  await limited.create(2 * mega)
  await expectRefusal(() => limited.post(2 * mega), 413, 'quota_exceeded')
  for (let count = 2; count < 100; count += 1) await limited.create(10)
  await expectRefusal(() => limited.post(10), 429, 'too_many_requests')
  for (let count = 0; count < 10; count += 1) await nobody.create(10)
  await expectRefusal(() => nobody.post(10), 429, 'too_many_requests')
  const refused = await nobody.post(10)
  expect(refused.headers.get('ratelimit-policy')).toBe('"open-uploads";q=10;w=3600')
  expect(refused.headers.get('ratelimit')).toBe('"open-uploads";r=0;t=60')
  await owner.create(10)
})

test('UP-6: reservations that race stay within the quota', async () => {
  const racing = await fileInstallation({ UPLOAD_QUOTA_BYTES: '1000', UPLOAD_FREE_BYTES: '0' })
  const sender = new Sender(racing.url)
  const answers = await Promise.all(Array.from({ length: 9 }, () => sender.post(300)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 413, 413, 413, 413, 413, 413])
})

test('UP-6: a disk with too little room left takes nothing', async () => {
  const full = await fileInstallation({ UPLOAD_FREE_BYTES: '999999999999999' })
  const response = await new Sender(full.url).post(10)
  expect(response.status).toBe(507)
  expect(remains(full.folder)).toEqual({ rows: [], incoming: [], work: [], content: [] })
  const health = await (await fetch(`${full.url}/health_check`)).json()
  expect(health.data.diskHasSpace).toBe(false)
})

test('a disk that fills up on the way takes no more, keeps what is there, and lets it go on later (UP-6, F-8)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const port = String(await freePort())
  const startedWith = async (free: string, use: (sender: Sender) => Promise<void>) => {
    const started = await testServer({ DATA_DIR: folder, PORT: port, UPLOAD_FREE_BYTES: free })
    await use(new Sender(started.url)).finally(() => started.stop())
  }
  let url = ''
  await startedWith('0', async (sender) => {
    url = await sender.create(song.length)
    expect((await sender.patch(url, 0, song.subarray(0, 1000))).status).toBe(204)
  })
  await startedWith('999999999999999', async (sender) => {
    expect((await sender.patch(url, 1000, song.subarray(1000))).status).toBe(507)
    expect(await sender.offset(url)).toBe(1000)
  })
  await startedWith('0', async (sender) => {
    expect((await sender.patch(url, 1000, song.subarray(1000))).status).toBe(204)
    expect(await sender.ended(idOf(url))).toMatchObject({ status: 'done' })
  })
})

test('a node whose bucket has the bytes needs room for parts alone, and says that another may have it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const none = {} as never
  const local = new FolderIncoming(folder, folder, none)
  const shared = new BucketIncoming(folder, { parts: none, local, writers: none, store: none, random: none })
  const operator = 1_000_000_000
  expect(local.needs(mega, operator)).toBe(operator + mega)
  expect(shared.needs(operator, operator)).toBe(64 * 1024 * 1024)
  expect(shared.needs(operator, 0)).toBe(0)
  expect(local.full()).toMatchObject({ status: 507 })
  expect(shared.full()).toMatchObject({ status: 503, headers: { 'retry-after': '1' } })
})
