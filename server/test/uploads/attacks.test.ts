import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { jun, nova, sam } from '../wire/browser.ts'
import { expectOAuthError } from '../wire/client.ts'
import { rawRequest } from '../wire/socket.ts'
import { wav } from './files.ts'
import { fileInstallation, remains, rows, senderOf } from './installation.ts'
import { idOf, metadataOf, Sender } from './sender.ts'

const mega = 1_000_000
const server = await fileInstallation({
  MAX_UPLOAD_BYTES: String(2 * mega),
  UPLOAD_QUOTA_BYTES: String(5 * mega),
  UPLOAD_FREE_BYTES: '0',
})
const owner = await senderOf(server, nova)
const other = await senderOf(server, jun)
const reader = await senderOf(server, nova, 'read')
const nobody = new Sender(server.url)
const song = wav(1)

/** Whether a request is refused in the shape of every other error, and leaves the uploads as they were. */
async function expectRefusal(
  ask: () => Promise<Response>,
  status: number,
  error = 'invalid_request',
  words?: RegExp,
): Promise<void> {
  const before = remains(server.folder)
  const response = await ask()
  const body = await response.json()
  expectOAuthError({ status: response.status, headers: response.headers, body }, status, error, words)
  expect(response.headers.get('tus-resumable')).toBe('1.0.0')
  expect(response.headers.get('access-control-expose-headers')).toMatch(/Upload-Offset/)
  expect(remains(server.folder)).toEqual(before)
}

/** HEAD answers no body to judge. */
async function expectStatus(response: Promise<Response>, status: number): Promise<void> {
  expect((await response).status).toBe(status)
}

const type = { 'content-type': 'application/offset+octet-stream' }

test('UP-1: every verb of a user’s upload is that user’s alone', async () => {
  const url = await owner.create(song.length)
  for (const [sender, status, error] of [
    [other, 404, 'not_found'],
    [nobody, 401, 'invalid_token'],
    [reader, 403, 'insufficient_scope'],
    [new Sender(server.url, 'none of ours'), 401, 'invalid_token'],
  ] as const) {
    await expectStatus(sender.request('HEAD', url), status)
    await expectRefusal(() => sender.patch(url, 0, song), status, error)
    await expectRefusal(() => sender.request('DELETE', url), status, error)
  }
  await expectRefusal(() => reader.post(10), 403, 'insufficient_scope', /write/)
  await expectRefusal(() => new Sender(server.url, 'none of ours').post(10), 401, 'invalid_token')
  expect(await owner.offset(url)).toBe(0)
  const again = await senderOf(server, nova)
  expect((await again.patch(url, 0, song)).status).toBe(204)
  await owner.ended(idOf(url))
  const [row] = rows(server.folder, 'SELECT user_id, address FROM uploads WHERE id = ?', idOf(url))
  expect(row).toMatchObject({ user_id: expect.any(Number), address: null })
})

test.each([
  ['of a path', '..%2f..%2fetc%2fpasswd'],
  ['of another path', '..%5c..%5cetc%5cpasswd'],
  ['of a whole path', '%2fetc%2fpasswd'],
  ['of a path in disguise', '....%2f%2f....%2f%2fetc'],
  ['with a NUL', `${'A'.repeat(30)}%00`],
  ['too short', 'A'.repeat(21)],
  ['of nothing', 'A'.repeat(32)],
  ['of 5,000 characters', 'A'.repeat(5000)],
  ['that is no UTF-8', '%ff'],
])('UP-2: an id %s leads to no file', async (_, id) => {
  for (const method of ['HEAD', 'PATCH', 'DELETE']) {
    const headers = [
      'Tus-Resumable: 1.0.0',
      'Upload-Offset: 0',
      'Content-Type: application/offset+octet-stream',
    ]
    const answer = await rawRequest(server.url, `${method} /files/${id}`, headers)
    expect([404, 414]).toContain(answer.status)
  }
  expect((await rawRequest(server.url, `GET /uploads/${id}`)).status).toBe(404)
})

test.each([
  ['a path', '../../etc/passwd', 'passwd'],
  ['another path', '..\\..\\boot.ini', 'boot.ini'],
  ['two dots', '..', 'untitled'],
  ['nothing', '', 'untitled'],
  ['a line break', 'a\r\nSet-Cookie: x=1', 'aSet-Cookie: x=1'],
  ['turned text', '\u202egpj.exe', 'gpj.exe'],
  ['a NUL', 'Ünï \u0000cødé.mp3', 'Ünï cødé.mp3'],
  ['markup', '<script>alert(1)</script>.mp3', 'script>.mp3'],
  ['SQL', "'); DROP TABLE uploads; --", "'); DROP TABLE uploads; --"],
  ['4,000 characters', 'x'.repeat(4000), 'x'.repeat(200)],
])('UP-3: a filename of %s is text, and no path', async (_, filename, shown) => {
  const url = await owner.create(10, { filename, unknown: '../../x' })
  const [row] = rows(server.folder, 'SELECT filename FROM uploads WHERE id = ?', idOf(url))
  expect(row).toEqual({ filename: shown })
  const status = await fetch(`${server.url}/uploads/${idOf(url)}`)
  expect(await status.json()).toMatchObject({ orig_filename: shown, status: 'new', results: {} })
  expect((await owner.request('DELETE', url)).status).toBe(204)
})

test.each([
  ['bad base64', 'filename !!!!'],
  ['broken padding', 'filename YQ='],
  ['a repeated key', 'filename YQ==,filename Yg=='],
  ['bad UTF-8', `filename ${Buffer.from([0xff, 0xfe]).toString('base64')}`],
  ['10 kB', `filename ${Buffer.alloc(9000, 97).toString('base64')}`],
  ['an unknown template', metadataOf({ template: '../x' })],
  ['a preview that begins nowhere', metadataOf({ previewStartSeconds: '1e9' })],
  ['three words', 'filename YQ== YQ=='],
])('UP-3: Upload-Metadata with %s is refused', async (_, metadata) => {
  await expectRefusal(
    () => owner.post(10, {}, { 'upload-metadata': metadata }),
    400,
    'invalid_request',
    /Upload-Metadata/,
  )
})

test.each(['partial', 'final;/files/../x /files/y'])('UP-4: Upload-Concat: %s is refused', async (value) => {
  await expectRefusal(() => owner.post(10, {}, { 'upload-concat': value }), 400)
  const options = await fetch(`${server.url}/files/`, { method: 'OPTIONS' })
  expect(options.status).toBe(204)
  expect(options.headers.get('tus-extension')).toBe('creation,creation-with-upload,expiration,termination')
  expect(options.headers.get('tus-version')).toBe('1.0.0')
  expect(options.headers.get('tus-max-size')).toBe(String(2 * mega))
  expect(options.headers.get('access-control-allow-headers')).toMatch(/Upload-Offset/)
})

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
  const url = await owner.create(10)
  await expectRefusal(() => owner.patch(url, 0, new Uint8Array(11)), 413)
  expect(await owner.offset(url)).toBe(0)
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(8)),
  })
  const response = await owner.patch(url, 0, endless).catch(() => null)
  expect([413, undefined]).toContain(response?.status)
  expect(await owner.offset(url)).toBeLessThanOrEqual(10)
  expect((await owner.request('DELETE', url)).status).toBe(204)
})

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

test('UP-8: a request without its version or type is refused', async () => {
  const url = await owner.create(10)
  for (const version of [null, '0.2.2', '1.0.1']) {
    const refusal = () =>
      owner.request('PATCH', url, { 'tus-resumable': version, 'upload-offset': '0', ...type }, 'x')
    await expectRefusal(refusal, 412)
    expect((await refusal()).headers.get('tus-version')).toBe('1.0.0')
    await expectRefusal(
      () => owner.request('POST', '', { 'tus-resumable': version, 'upload-length': '1' }),
      412,
    )
  }
  for (const wrong of ['application/octet-stream', 'text/html', null])
    await expectRefusal(
      () => owner.request('PATCH', url, { 'upload-offset': '0', 'content-type': wrong }, new Uint8Array(2)),
      415,
    )
  expect(await owner.offset(url)).toBe(0)
  expect((await owner.request('DELETE', url)).status).toBe(204)
})

test('UP-9: a checksum is refused and not ignored, for it would not be checked', async () => {
  const url = await owner.create(10)
  for (const checksum of ['sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=', '../x AAAA'])
    await expectRefusal(() => owner.patch(url, 0, '0123456789', { 'upload-checksum': checksum }), 400)
  expect(await owner.offset(url)).toBe(0)
  expect((await owner.request('DELETE', url)).status).toBe(204)
})

test('creation can carry the first bytes', async () => {
  const created = await owner.request(
    'POST',
    '',
    { 'upload-length': String(song.length), ...type },
    song.subarray(0, 99),
  )
  expect(created.status).toBe(201)
  expect(created.headers.get('upload-offset')).toBe('99')
  expect(created.headers.get('upload-expires')).toMatch(/GMT$/)
  const url = created.headers.get('location') ?? ''
  expect((await owner.patch(url, 99, song.subarray(99))).status).toBe(204)
  expect(await owner.ended(idOf(url))).toMatchObject({ status: 'done' })
})

test('a deleted upload is gone with its bytes', async () => {
  const before = remains(server.folder)
  const url = await owner.create(song.length)
  await owner.patch(url, 0, song.subarray(0, 100))
  expect((await owner.request('DELETE', url)).status).toBe(204)
  expect(remains(server.folder)).toEqual(before)
  await expectRefusal(() => owner.patch(url, 100, song.subarray(100)), 404, 'not_found')
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
  await expect.poll(async () => (await owner.patch(url, 0, 'x')).status, { interval: 1 }).toBe(423)
  rows(server.folder, 'DELETE FROM uploads WHERE id = ?', idOf(url))
  go()
  expect((await sending).status).toBe(410)
  expect(remains(server.folder).incoming).not.toContain(idOf(url))
})

test('UP-16: revoked in the middle, an upload goes no further', async () => {
  const { app, ...rest } = await senderOf(server, jun)
  const sender = new Sender(server.url, rest.token)
  const url = await sender.create(song.length)
  expect((await sender.patch(url, 0, song.subarray(0, 100))).status).toBe(204)
  await app.revoke(rest.token ?? '')
  await expectRefusal(() => sender.patch(url, 100, song.subarray(100)), 401, 'invalid_token')
  expect(await other.offset(url)).toBe(100)
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

test('any origin may send, and reads what it is answered', async () => {
  const options = await fetch(`${server.url}/files/${'A'.repeat(32)}`, { method: 'OPTIONS' })
  expect(options.headers.get('access-control-allow-origin')).toBe('*')
  expect(options.headers.get('access-control-allow-methods')).toBe('POST, HEAD, PATCH, DELETE, OPTIONS')
  const created = await owner.post(10)
  expect(created.headers.get('access-control-allow-origin')).toBe('*')
  expect(created.headers.get('access-control-expose-headers')).toMatch(/Location.*Upload-Offset/)
  expect(created.headers.get('x-content-type-options')).toBe('nosniff')
  expect(created.headers.get('x-request-id')).toMatch(/./)
  const get = await fetch(created.headers.get('location') ?? '')
  expect(get.status).toBe(405)
})

test('a method header changes no method', async () => {
  const url = await owner.create(10)
  const response = await owner.request('POST', url, { 'x-http-method-override': 'DELETE' })
  expect(response.status).toBe(405)
  expect(await owner.offset(url)).toBe(0)
})
