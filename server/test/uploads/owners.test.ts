import { fileInstallation, rows, senderOf } from '@stagedoor/testkit/installation'
import { wav } from '@stagedoor/testkit/media'
import { idOf, Sender } from '@stagedoor/testkit/tus-sender'
import { jun, nova } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { refusalsOf } from './refusal.ts'

const server = await fileInstallation()
const owner = await senderOf(server, nova)
const other = await senderOf(server, jun)
const reader = await senderOf(server, nova, 'read')
const nobody = new Sender(server.url)
const song = wav(1)
const expectRefusal = refusalsOf(server)

/** HEAD answers no body to look at. */
async function expectStatus(response: Promise<Response>, status: number): Promise<void> {
  expect((await response).status).toBe(status)
}

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

test('UP-16: revoked in the middle, an upload goes no further', async () => {
  const { app, ...rest } = await senderOf(server, jun)
  const sender = new Sender(server.url, rest.token)
  const url = await sender.create(song.length)
  expect((await sender.patch(url, 0, song.subarray(0, 100))).status).toBe(204)
  await app.revoke(rest.token ?? '')
  await expectRefusal(() => sender.patch(url, 100, song.subarray(100)), 401, 'invalid_token')
  expect(await other.offset(url)).toBe(100)
})
