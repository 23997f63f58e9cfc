import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { testServer } from '@stagedoor/testkit/server'
import { expect, test } from 'vitest'

test('a server that stops answers what it has begun, and waits for nobody else', async () => {
  const server = await testServer()
  const socket = connect(server.port, 'localhost')
  const line = 'POST /v1/oauth/token HTTP/1.1'
  const headers = [`Host: localhost:${server.port}`, 'Content-Type: application/json', 'Content-Length: 2']
  socket.write([line, ...headers, 'Expect: 100-continue', '', ''].join('\r\n'))
  const [begun] = await once(socket, 'data')
  expect(String(begun)).toBe('HTTP/1.1 100 Continue\r\n\r\n')

  const from = performance.now()
  const stopped = server.stop()
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed')
  socket.write('{}')
  const answer = await text(socket)
  expect(answer).toMatch(
    /^HTTP\/1\.1 400 .*\{"error":"invalid_request","error_description":"grant_type is missing\.",.*\}$/s,
  )
  await stopped
  expect(performance.now() - from).toBeLessThan(5000)
})
