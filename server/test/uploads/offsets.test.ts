import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fileInstallation, remains, rows, senderOf } from '@stagedoor/testkit/installation'
import { wav } from '@stagedoor/testkit/media'
import { idOf } from '@stagedoor/testkit/tus-sender'
import { nova } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { refusalsOf } from './refusal.ts'

const server = await fileInstallation()
const owner = await senderOf(server, nova)
const song = wav(1)
const expectRefusal = refusalsOf(server)
const type = { 'content-type': 'application/offset+octet-stream' }

test('UP-7: an offset is where the upload stands, or nothing happens', async () => {
  const url = await owner.create(song.length)
  await expectRefusal(() => owner.patch(url, 1, song.subarray(1)), 409)
  for (const offset of ['-1', '1.5', '1e3', '', 'x'])
    await expectRefusal(() => owner.patch(url, offset, song), 400)
  await expectRefusal(() => owner.patch(url, song.length + 1, song), 409)
  await expectRefusal(() => owner.request('PATCH', url, type, song), 400)
  expect((await owner.patch(url, 0, song.subarray(0, 1000))).status).toBe(204)
  await expectRefusal(() => owner.patch(url, 0, song.subarray(0, 1000)), 409)
  await expectRefusal(() => owner.patch(url, 999, song.subarray(999)), 409)
  expect((await owner.patch(url, 1000, song.subarray(1000))).status).toBe(204)
  const done = await owner.ended(idOf(url))
  expect(done).toMatchObject({ status: 'done' })
  await expectRefusal(() => owner.patch(url, 0, song), 409)
  expect((await owner.patch(url, song.length, '')).status).toBe(204)
  expect(await owner.offset(url)).toBe(song.length)
})

/** How many bytes of an upload have arrived, without asking the server, which would end who sends them. */
const arrived = (url: string) => statSync(join(server.folder, 'uploads', 'incoming', idOf(url))).size

test('UP-7: of two requests that send at once, one is refused and the bytes are whole', async () => {
  const url = await owner.create(song.length)
  let go: () => void = () => undefined
  const slow = new ReadableStream({
    start: (controller) => {
      controller.enqueue(song.subarray(0, 500))
      go = () => {
        controller.enqueue(song.subarray(500))
        controller.close()
      }
    },
  })
  const first = owner.patch(url, 0, slow)
  await expect.poll(() => arrived(url)).toBe(500)
  expect((await owner.patch(url, 0, song.subarray(0, 10))).status).toBe(423)
  go()
  expect((await first).status).toBe(204)
  const { orig_file_cid } = await owner.ended(idOf(url))
  const twin = await owner.ended(await owner.send(song))
  expect(orig_file_cid).toBe(twin['orig_file_cid'])
})

test('UP-7: HEAD ends a request that sends no more, so that its sender can resume', async () => {
  const url = await owner.create(song.length)
  const stuck = new ReadableStream({ start: (controller) => controller.enqueue(song.subarray(0, 700)) })
  const first = owner.patch(url, 0, stuck).catch(() => null)
  await expect.poll(() => arrived(url)).toBe(700)
  expect((await owner.patch(url, 0, 'x')).status).toBe(423)
  await expect.poll(() => owner.offset(url)).toBe(700)
  await first
  expect((await owner.patch(url, 700, song.subarray(700))).status).toBe(204)
  expect(await owner.ended(idOf(url))).toMatchObject({ status: 'done' })
})

test('UP-13: bytes of an upload that was swept meanwhile go nowhere', async () => {
  const url = await owner.create(song.length)
  let go: () => void = () => undefined
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(song.subarray(0, 500))
      go = () => {
        controller.enqueue(song.subarray(500))
        controller.close()
      }
    },
  })
  const sending = owner.patch(url, 0, body)
  await expect.poll(() => arrived(url)).toBe(500)
  rows(server.folder, 'DELETE FROM uploads WHERE id = ?', idOf(url))
  go()
  expect((await sending).status).toBe(410)
  expect(remains(server.folder).incoming).not.toContain(idOf(url))
})
