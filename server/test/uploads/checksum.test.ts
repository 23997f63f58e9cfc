import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { installation, served, temporaryFolder } from '@stagedoor/testkit/command'
import { fileInstallation, remains, senderOf, settled } from '@stagedoor/testkit/installation'
import { wav } from '@stagedoor/testkit/media'
import { idOf, Sender } from '@stagedoor/testkit/tus-sender'
import { nova } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { refusalsOf } from './refusal.ts'

const server = await fileInstallation()
const owner = await senderOf(server, nova)
const expectRefusal = refusalsOf(server)
const song = wav(2)

/** The header that says what bytes come to. */
const checksum = (bytes: Uint8Array, algorithm = 'sha1') => ({
  'upload-checksum': `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`,
})

/** A body that stops after its first bytes until it is let go on. */
function halting(bytes: Uint8Array, at: number) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(bytes.subarray(0, at))
      promise.then(() => {
        controller.enqueue(bytes.subarray(at))
        controller.close()
      })
    },
  })
  return { body, goOn: resolve }
}

/** How many bytes lie in a folder for a file that is being checked. */
function unchecked(folder: string): number {
  const work = join(folder, 'uploads', 'work')
  const sizes = readdirSync(work).map((name) => statSync(join(work, name)).size)
  return sizes.reduce((total, size) => total + size, 0)
}

test('bytes that match are taken, part by part', async () => {
  const url = await owner.create(song.length)
  for (const [from, to, algorithm] of [
    [0, 5, 'sha1'],
    [5, 20_000, 'sha256'],
    [20_000, song.length, 'sha1'],
  ] as const) {
    const part = song.subarray(from, to)
    const response = await owner.patch(url, from, part, checksum(part, algorithm))
    expect([response.status, response.headers.get('upload-offset')]).toEqual([204, String(to)])
  }
  const { orig_file_cid } = await owner.ended(idOf(url))
  expect(orig_file_cid).toBe((await owner.ended(await owner.send(song)))['orig_file_cid'])
  expect((await settled(server.folder)).work).toEqual([])
})

test('UP-9: bytes that do not match are not kept, and can be sent again', async () => {
  const url = await owner.create(song.length)
  const first = song.subarray(0, 10_000)
  const rest = song.subarray(10_000)
  const spoiled = Buffer.from(rest)
  spoiled.writeUInt8(spoiled.readUInt8(30) ^ 1, 30)
  const mismatch = (offset: number, body: Uint8Array<ArrayBuffer>, sum: Record<string, string>) =>
    expectRefusal(() => owner.patch(url, offset, body, sum), 460, 'invalid_request', /Send them again/)
  await mismatch(0, first, checksum(rest))
  expect(await owner.offset(url)).toBe(0)
  expect((await owner.patch(url, 0, first, checksum(first))).status).toBe(204)
  await mismatch(10_000, spoiled, checksum(rest))
  await mismatch(10_000, spoiled, checksum(rest, 'sha256'))
  await mismatch(10_000, rest.subarray(1), checksum(rest))
  expect(await owner.offset(url)).toBe(10_000)
  expect((await owner.patch(url, 10_000, rest, checksum(rest))).status).toBe(204)
  const { orig_file_cid } = await owner.ended(idOf(url))
  expect(orig_file_cid).toBe((await owner.ended(await owner.send(song)))['orig_file_cid'])
})

test.each([
  ['of another algorithm', 'md5 1B2M2Y8AsgTpgAmY7PhCfg=='],
  ['of a path', '../x AAAA'],
  ['of an object’s own name', 'constructor AAAA'],
  ['too short', 'sha1 AAAA'],
  ['of the other length', `sha1 ${Buffer.alloc(32).toString('base64')}`],
  ['in hexadecimal', `sha1 ${'0'.repeat(40)}`],
  ['without a digest', 'sha1'],
  ['of nothing', ''],
  ['sent twice', `sha1 ${Buffer.alloc(20).toString('base64')}, sha1 ${Buffer.alloc(20).toString('base64')}`],
])('UP-9: a checksum %s is refused', async (_, header) => {
  const url = await owner.create(song.length)
  await expectRefusal(
    () => owner.patch(url, 0, song, { 'upload-checksum': header }),
    400,
    'invalid_request',
    /sha1 or sha256/,
  )
  expect((await owner.request('DELETE', url)).status).toBe(204)
})

test('UP-9: a creation whose bytes do not match creates nothing', async () => {
  const headers = { 'upload-length': String(song.length), 'content-type': 'application/offset+octet-stream' }
  const post = (sum: Record<string, string>) => owner.request('POST', '', { ...headers, ...sum }, song)
  await expectRefusal(() => post(checksum(song.subarray(1))), 460)
  expect((await post(checksum(song))).status).toBe(201)
})

test('bytes of which the rest does not come do not count, and neither do those that came too many', async () => {
  const url = await owner.create(song.length)
  const { body } = halting(song, 9000)
  const stuck = owner.patch(url, 0, body, checksum(song)).catch(() => null)
  await expect.poll(() => unchecked(server.folder)).toBe(9000)
  expect((await owner.patch(url, 0, song, checksum(song))).status).toBe(423)
  expect(await owner.offset(url)).toBe(0)
  await stuck
  expect(unchecked(server.folder)).toBe(0)
  const longer = Buffer.concat([song, song])
  await expectRefusal(() => owner.patch(url, 0, longer, checksum(longer)), 413)
  expect((await owner.patch(url, 0, song, checksum(song))).status).toBe(204)
})

test('killed before the bytes are checked, a server counts none of them (F-5)', async () => {
  const folder = temporaryFolder()
  const settings = await installation(folder)
  const first = await served(['serve'], settings)
  const sender = new Sender(settings.PUBLIC_URL)
  const url = await sender.create(song.length)
  const start = song.subarray(0, 1000)
  expect((await sender.patch(url, 0, start, checksum(start))).status).toBe(204)
  const rest = song.subarray(1000)
  const { body } = halting(rest, rest.length - 1)
  const cut = sender.patch(url, 1000, body, checksum(rest)).catch(() => null)
  await expect.poll(() => unchecked(folder)).toBe(rest.length - 1)
  await first.end('SIGKILL')
  await cut
  const second = await served(['serve'], settings)
  expect(await sender.offset(url)).toBe(1000)
  expect(remains(folder)).toMatchObject({ incoming: [idOf(url)], work: [] })
  expect((await sender.patch(url, 1000, rest, checksum(rest))).status).toBe(204)
  expect(await sender.ended(idOf(url))).toMatchObject({ status: 'done' })
  await second.end('SIGTERM')
})
