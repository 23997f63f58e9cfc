import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { wav } from '@stagedoor/testkit/media'
import { fileServer } from '@stagedoor/testkit/server'
import { idOf, Sender } from '@stagedoor/testkit/tus-sender'
import { expect, test } from 'vitest'

const requestTimeoutMs = 1500
const server = await fileServer({}, undefined, { requestTimeoutMs })
const sender = new Sender(server.url)
const song = wav(4)

/** Opens a PATCH for the rest of an upload and hands over its connection. */
function patching(url: string, offset: number) {
  const socket = connect(server.port, 'localhost')
  const head = [
    `PATCH /files/${idOf(url)} HTTP/1.1`,
    `Host: localhost:${server.port}`,
    'Tus-Resumable: 1.0.0',
    'Content-Type: application/offset+octet-stream',
    `Upload-Offset: ${offset}`,
    `Content-Length: ${song.length - offset}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  return socket
}

// Both begin at once, for each takes as long as the server waits.
const dripping = await sender.create(song.length)
const steady = await sender.create(song.length)

test.concurrent('UP-17: an upload that drips is ended, and can be resumed', async () => {
  const socket = patching(dripping, 0)
  socket.write(song.subarray(0, 1000))
  let sent = 1000
  const drip = setInterval(() => {
    socket.write(song.subarray(sent, sent + 1))
    sent += 1
  }, 100)
  const from = performance.now()
  const answer = await text(socket)
  clearInterval(drip)
  expect(performance.now() - from).toBeGreaterThan(requestTimeoutMs * 0.9)
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  const offset = await sender.offset(dripping)
  expect(offset).toBeGreaterThanOrEqual(1000)
  expect(offset).toBeLessThanOrEqual(sent)
  expect((await sender.patch(dripping, offset, song.subarray(offset))).status).toBe(204)
  expect(await sender.ended(idOf(dripping))).toMatchObject({ status: 'done' })
})

test.concurrent('an upload that takes long but gets on is taken', async () => {
  const socket = patching(steady, 0)
  const step = Math.ceil(song.length / 20)
  const from = performance.now()
  for (let at = 0; at < song.length; at += step) {
    socket.write(song.subarray(at, at + step))
    await new Promise((resolve) => setTimeout(resolve, requestTimeoutMs / 15))
  }
  expect(performance.now() - from).toBeGreaterThan(requestTimeoutMs)
  const [answer] = await once(socket, 'data')
  socket.end()
  expect(String(answer)).toMatch(/^HTTP\/1\.1 204 /)
  expect(await sender.ended(idOf(steady))).toMatchObject({ status: 'done' })
})
