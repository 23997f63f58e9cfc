import { fileInstallation, remains, senderOf, settled } from '@stagedoor/testkit/installation'
import { wav } from '@stagedoor/testkit/media'
import { idOf } from '@stagedoor/testkit/tus-sender'
import { nova } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { refusalsOf } from './refusal.ts'

const server = await fileInstallation({ MAX_UPLOAD_BYTES: '2000000' })
const owner = await senderOf(server, nova)
const song = wav(1)
const expectRefusal = refusalsOf(server)
const type = { 'content-type': 'application/offset+octet-stream' }

test.each(['partial', 'final;/files/../x /files/y'])('UP-4: Upload-Concat: %s is refused', async (value) => {
  await expectRefusal(() => owner.post(10, {}, { 'upload-concat': value }), 400)
  const options = await fetch(`${server.url}/files/`, { method: 'OPTIONS' })
  expect(options.status).toBe(204)
  expect(options.headers.get('tus-extension')).toBe(
    'creation,creation-with-upload,expiration,termination,checksum',
  )
  expect(options.headers.get('tus-checksum-algorithm')).toBe('sha1,sha256')
  expect(options.headers.get('tus-version')).toBe('1.0.0')
  expect(options.headers.get('tus-max-size')).toBe('2000000')
  expect(options.headers.get('access-control-allow-headers')).toMatch(/Upload-Checksum.*Upload-Offset/)
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
  await expect.poll(() => remains(server.folder).incoming).toEqual([])
})

test('a deleted upload is gone with its bytes', async () => {
  const before = await settled(server.folder)
  const url = await owner.create(song.length)
  await owner.patch(url, 0, song.subarray(0, 100))
  expect((await owner.request('DELETE', url)).status).toBe(204)
  expect(remains(server.folder)).toEqual(before)
  await expectRefusal(() => owner.patch(url, 100, song.subarray(100)), 404, 'not_found')
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

test('a POST that names PATCH, HEAD or DELETE in a header is that, where proxies let no other through', async () => {
  const url = await owner.create(song.length)
  const as = (method: string, headers: Record<string, string> = {}, body?: Uint8Array<ArrayBuffer>) =>
    owner.request('POST', url, { 'x-http-method-override': method, ...headers }, body)
  const half = song.length / 2
  const sent = await as('PATCH', { 'upload-offset': '0', ...type }, song.slice(0, half))
  expect([sent.status, sent.headers.get('upload-offset')]).toEqual([204, String(half)])
  expect((await as('head')).headers.get('upload-offset')).toBe(String(half))
  await expectRefusal(() => as('PATCH', { 'upload-offset': '0', ...type }, song.slice(0, half)), 409)
  expect((await as('DELETE')).status).toBe(204)
  expect((await owner.request('HEAD', url)).status).toBe(404)
})

test.each(['PUT', 'POST', 'GET', 'DELETE, PATCH', ''])(
  'a POST to an upload that names %j is none',
  async (method) => {
    const url = await owner.create(10)
    const response = await owner.request('POST', url, { 'x-http-method-override': method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('HEAD, PATCH, DELETE, OPTIONS')
    expect(await owner.offset(url)).toBe(0)
  },
)

test('a method in a header changes no other request', async () => {
  const url = await owner.create(10)
  const head = await owner.request('HEAD', url, { 'x-http-method-override': 'DELETE' })
  expect([head.status, await owner.offset(url)]).toEqual([200, 0])
  const created = await owner.request('POST', '', {
    'x-http-method-override': 'DELETE',
    'upload-length': '10',
  })
  expect(created.status).toBe(201)
})

test('what a request says again, or writes otherwise, is no fault', async () => {
  const url = await owner.create(song.length)
  const half = song.length / 2
  const again = { 'upload-length': String(song.length), 'upload-metadata': 'filename YQ==' }
  expect((await owner.patch(url, 0, song.subarray(0, half), again)).status).toBe(204)
  const spelled = { 'content-type': 'Application/Offset+Octet-Stream; charset=utf-8', 'upload-length': '7' }
  expect((await owner.patch(url, half, song.subarray(half), spelled)).status).toBe(204)
  expect(await owner.ended(idOf(url))).toMatchObject({ status: 'done' })
})

test('a file that comes in a form is told the way that files go', async () => {
  const form = new FormData()
  form.append('file', new Blob([song]), 'song.wav')
  await expectRefusal(
    () => owner.request('POST', '', {}, form),
    415,
    'invalid_request',
    /by tus 1\.0, not in a form/,
  )
})
