import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { connect, type Socket } from 'node:net'
import { installation, served, temporaryFolder } from '@stagedoor/testkit/command'
import { fileServer } from '@stagedoor/testkit/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { boundedServers } from '../../src/http/sockets.ts'
import { rawRequest } from './socket.ts'

const requestTimeoutMs = 1000
/** How long something is waited for that takes a second on an idle machine. */
const waiting = { timeout: 60_000, interval: 20 }
const server = await fileServer({}, undefined, { requestTimeoutMs })

/** Opens connections to a server, as many as asked for, each of which sends the same and reads nothing. */
async function flood(url: string, count: number, bytes = ''): Promise<readonly Socket[]> {
  const { hostname, port } = new URL(url)
  const sockets = Array.from({ length: count }, () => connect(Number(port), hostname))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  for (const socket of sockets) socket.on('error', () => {})
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  for (const socket of sockets) {
    socket.pause()
    if (bytes !== '') socket.write(bytes)
  }
  return sockets
}

/** Asks on a connection of its own. */
const alive = async (url: string) => (await rawRequest(url, 'GET /healthz')).status

const request = (url: string, path: string) => `GET ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`

test('F-22: of silent connections beyond its descriptors a server ends the oldest, and answers whoever asks', async () => {
  const settings = await installation(temporaryFolder())
  const { url, end } = await served(['serve'], settings, { openFiles: 256 })
  for (let wave = 0; wave < 4; wave += 1) {
    await flood(url, 150)
    expect(await alive(url)).toBe(200)
  }
  expect(await end('SIGTERM')).toEqual([0, null])
})

test('requests sent at once on connections that never read hold one answer each', async () => {
  const settings = await installation(temporaryFolder())
  const child = await served(['serve'], {
    ...settings,
    NODE_OPTIONS: '--max-old-space-size=128',
    LOG_LEVEL: 'fatal',
  })
  const many = request(child.url, '/v1/openapi.json').repeat(2000)
  await flood(child.url, 12, many)
  for (let time = 0; time < 20; time += 1) expect(await alive(child.url)).toBe(200)
  expect(child.process.exitCode).toBe(null)
})

test('requests sent at once on one connection are answered in their order', async () => {
  const { url } = server
  const [socket] = await flood(url, 1)
  if (socket === undefined) throw new Error('There is no connection.')
  const paths = ['/v1/openapi.json', '/healthz', '/nowhere', '/v1/me', '/docs/api', '/healthz', '/sign-in']
  const all = [...paths, ...paths, ...paths]
  socket.write(all.map((path) => request(url, path)).join(''))
  let text = ''
  const read = () => [...text.matchAll(/HTTP\/1\.1 (\d+) [A-Z]/g)].map(([, status]) => Number(status))
  socket.on('data', (part) => {
    text += part.toString('latin1')
  })
  socket.resume()
  const each = [200, 200, 404, 401, 200, 200, 200]
  await expect.poll(read).toEqual([...each, ...each, ...each])
})

test('a connection that is silent, or closed by one side alone, is ended', async () => {
  const silent = connect({ port: server.port, host: 'localhost', allowHalfOpen: true })
  onTestFinished(() => {
    silent.destroy()
  })
  // It reads what it is told, and keeps its own side open all the same.
  silent.resume()
  await once(silent, 'end')
  const isGone = async () => {
    silent.write('x')
    return silent.destroyed
  }
  silent.on('error', () => {})
  await expect.poll(isGone).toBe(true)
})

/** The servers of a process, of which nothing is asked yet. */
async function listening(handle: RequestListener) {
  const http = boundedServers({ inAll: 16, ofNetwork: 16 }, () => false)(handle, {})
  onTestFinished(() => void http.close())
  http.listen(0, 'localhost')
  await once(http, 'listening')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('It listens nowhere.')
  return { http, url: `http://localhost:${address.port}` }
}

test('an end closes a connection whose last answer is not taken', async () => {
  const { http, url } = await listening((_request, response) => {
    response.setHeader('connection', 'close').end('x'.repeat(64 * 1024 * 1024))
  })
  const accepted = once(http, 'connection')
  const requested = once(http, 'request')
  await flood(url, 1, request(url, '/'))
  const [socket] = await accepted
  await requested
  const closed = once(socket, 'close')
  http.closeAllConnections()
  await closed
})

test('a connection that was opened ahead of requests holds up no end, and one that sends does', async () => {
  const { http, url } = await listening((_request, response) => response.end())
  const accepted: Socket[] = []
  http.on('connection', (socket) => accepted.push(socket))
  await flood(url, 1)
  await flood(url, 1, 'GET / HTTP/1.1\r\n')
  await vi.waitUntil(() => accepted.length === 2 && accepted.some(({ bytesRead }) => bytesRead > 0), waiting)
  await vi.waitUntil(() => {
    http.closeIdleConnections()
    return accepted.filter(({ destroyed }) => destroyed).length === 1
  }, waiting)
  expect(accepted.map(({ bytesRead, destroyed }) => destroyed === (bytesRead === 0))).toEqual([true, true])
})
