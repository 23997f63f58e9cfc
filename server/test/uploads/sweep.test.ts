import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { claim, remains, settled, uploadsOf } from '@stagedoor/testkit/installation'
import { png, wav } from '@stagedoor/testkit/media'
import { hour, minute, ownServer } from '@stagedoor/testkit/server'
import { idOf, Sender } from '@stagedoor/testkit/tus-sender'
import { expect, onTestFinished, test, vi } from 'vitest'

test('UP-13: what is abandoned goes after an hour, with its bytes, and its sender is told', async () => {
  const folder = temporaryFolder()
  const server = await ownServer({ DATA_DIR: folder })
  const sender = new Sender(server.url)
  const song = wav(2)
  const half = await sender.create(song.length)
  await sender.patch(half, 0, song.subarray(0, 1000))
  const whole = await sender.send(song)
  await sender.ended(whole)
  const kept = await sender.send(wav(1))
  const cid = Object(await sender.ended(kept))['results']['320']
  claim(folder, kept)
  server.advance(hour - minute)
  expect(await sender.offset(half)).toBe(1000)
  server.advance(2 * minute)
  expect((await sender.request('HEAD', half)).status).toBe(410)
  expect((await sender.patch(half, 1000, song.subarray(1000))).status).toBe(410)

  const { sweep } = await uploadsOf(folder)
  await sweep(hour + minute)
  const left = await settled(folder)
  expect(left).toEqual({ rows: [kept], incoming: [], work: [], content: expect.any(Array) })
  expect(left.content).toHaveLength(3)
  expect((await fetch(`${server.url}/content/${cid}`)).status).toBe(200)
  expect((await fetch(`${server.url}/uploads/${idOf(half)}`)).status).toBe(404)
  expect((await sender.patch(half, 1000, song.subarray(1000))).status).toBe(404)
  // The reservation went with it.
  for (let count = 0; count < 10; count += 1) await sender.create(10)
})

test('bytes that two uploads made stay as long as one of them does', async () => {
  const folder = temporaryFolder()
  const server = await ownServer({ DATA_DIR: folder })
  const sender = new Sender(server.url)
  const picture = png(20, 20)
  const first = await sender.send(picture, { template: 'img_square' })
  const { orig_file_cid: cid } = await sender.ended(first)
  const second = await sender.send(picture, { template: 'img_square' })
  await sender.ended(second)
  claim(folder, second)
  const { sweep } = await uploadsOf(folder)
  await sweep(2 * hour)
  expect(await settled(folder)).toEqual({ rows: [second], incoming: [], work: [], content: [cid] })
  expect((await fetch(`${server.url}/content/${cid}/150x150.jpg`)).status).toBe(200)
})

test('deleting an upload takes its bytes, but never those that are published', async () => {
  const folder = temporaryFolder()
  const server = await ownServer({ DATA_DIR: folder })
  const sender = new Sender(server.url)
  const id = await sender.send(wav(1))
  await sender.ended(id)
  const twin = await sender.send(wav(1))
  await sender.ended(twin)
  claim(folder, id)
  expect((await sender.request('DELETE', id)).status).toBe(409)
  expect((await sender.request('DELETE', twin)).status).toBe(204)
  expect(remains(folder)).toMatchObject({
    rows: [id],
    content: [expect.any(String), expect.any(String), expect.any(String)],
  })
})

test('a start finds what a crash has left: files of nobody, and whole files that wait', async () => {
  const folder = temporaryFolder()
  const orphan = `bafkrei${'a'.repeat(52)}`
  const { store, ...first } = await uploadsOf(folder)
  await first.sweep(0)
  const now = Date.now()
  const upload = {
    userId: null,
    address: 'here',
    template: 'audio',
    filename: 'x',
    previewStartSeconds: null,
    createdAt: now,
    expiresAt: now + hour,
  } as const
  const song = wav(1)
  for (const id of ['whole', 'half'])
    await store.createUpload({ ...upload, id, length: song.length }, { uploads: 9, bytes: 1e9 })
  const incoming = join(folder, 'uploads', 'incoming')
  writeFileSync(join(incoming, 'whole'), song)
  writeFileSync(join(incoming, 'half'), song.subarray(0, 50))
  writeFileSync(join(incoming, 'nobody'), 'x')
  writeFileSync(join(folder, 'uploads', 'work', 'left.over'), 'x')
  mkdirSync(join(folder, 'content', orphan))
  writeFileSync(join(folder, 'content', orphan, 'audio'), 'x')

  await uploadsOf(folder)
  await expect.poll(async () => (await store.findUpload('whole'))?.status).toBe('done')
  await expect.poll(() => readdirSync(incoming)).toEqual(['half'])
  expect(readdirSync(join(folder, 'content'))).not.toContain(orphan)
  expect(existsSync(join(folder, 'uploads', 'work', 'left.over'))).toBe(false)
})

test('in memory, the files end with the server', async () => {
  const temporary = temporaryFolder()
  vi.stubEnv('TMPDIR', temporary)
  onTestFinished(() => void vi.unstubAllEnvs())
  const server = await ownServer()
  const sender = new Sender(server.url)
  await sender.ended(await sender.send(wav(1)))
  expect(readdirSync(temporary)).toEqual([expect.stringContaining('stagedoor-uploads-')])
  await server.stop()
  expect(readdirSync(temporary)).toEqual([])
})
