import { fileInstallation, rows, senderOf } from '@stagedoor/testkit/installation'
import { idOf, metadataOf } from '@stagedoor/testkit/tus-sender'
import { nova } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { rawRequest } from '../wire/socket.ts'
import { refusalsOf } from './refusal.ts'

const server = await fileInstallation()
const owner = await senderOf(server, nova)
const expectRefusal = refusalsOf(server)

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
  ['a preview that begins at no number', metadataOf({ previewStartSeconds: 'NaN' })],
  ['three words', 'filename YQ== YQ=='],
])('UP-3: Upload-Metadata with %s is refused', async (_, metadata) => {
  await expectRefusal(
    () => owner.post(10, {}, { 'upload-metadata': metadata }),
    400,
    'invalid_request',
    /Upload-Metadata/,
  )
})

test.each(['7.123456789012345', '0.30000000000000004', '1e-7', '86400'])(
  'a preview begins at %s s, as a program writes the time of a player',
  async (previewStartSeconds) => {
    expect((await owner.post(10, { filename: 'a.wav', previewStartSeconds })).status).toBe(201)
  },
)

test('an empty file is told to be empty', async () => {
  for (const length of ['0', '00'])
    await expectRefusal(() => owner.post(length), 400, 'invalid_request', /^The file is empty/)
})
