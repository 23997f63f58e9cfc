import { wav } from '@stagedoor/testkit/media'
import { fileServer } from '@stagedoor/testkit/server'
import { Sender } from '@stagedoor/testkit/tus-sender'
import { expect, test } from 'vitest'
import { rawRequest } from '../wire/socket.ts'

const server = await fileServer()
const { log } = server

test('who reads the log cannot send to a staged upload or delete it, for its id is shortened there', async () => {
  const sender = new Sender(server.url)
  const id = await sender.send(wav(1))
  await sender.ended(id)
  for (const path of [`/files/${id}/x`, `//files/${id}`, `/v1/uploads/${id}`, `/FILES/${id}`])
    await rawRequest(server.url, `GET ${path}`)
  await expect.poll(log).toMatch(/"path":"\/FILES\//)
  // Its lines are found all the same.
  await expect.poll(log).toContain(`"upload":"${id.slice(0, 8)}…"`)
  expect(log()).not.toContain(id)
  expect(log()).not.toContain(id.slice(9))
  expect(log()).toContain(`"path":"/uploads/${id.slice(0, 8)}…"`)
})
