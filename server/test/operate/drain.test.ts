import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import {
  bin,
  endWithParent,
  installation,
  type Served,
  served,
  temporaryFolder,
} from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { ownServer } from '@stagedoor/testkit/server'
import { expect, onTestFinished, test } from 'vitest'
import { expectSound } from '../store/files.ts'

/** A client that keeps its connection and asks without pause, until it is told that the connection ends. */
async function asksUntilTold(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  let answers = 0
  for (;;) {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(url, { agent }, resolve)
      asked.once('error', reject)
      asked.end()
    })
    await text(answer)
    answers += 1
    if (answer.headers.connection === 'close') return { answers, last: answer.statusCode }
  }
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'on %s every request on an open connection is answered, and the last answer says that it ends (F-17)',
  async (signal) => {
    const folder = temporaryFolder()
    const server = await served(['serve'], await installation(folder))
    const paths = ['/healthz', '/sign-in', '/v1/openapi.json', '/v1/me']
    const clients = Array.from({ length: 32 }, (_, at) =>
      asksUntilTold(server.url + (paths[at % paths.length] ?? '/')),
    )
    await Promise.race(clients.map(busy(server)))
    const [ending, ...seen] = await Promise.all([server.end(signal), ...clients])
    expect(ending).toEqual([0, null])
    // Some are told that they ask too often, which is an answer as well.
    expect(seen.filter(({ last = 0 }) => ![200, 401, 429].includes(last))).toEqual([])
    expectSound(join(folder, 'stagedoor.db'))
  },
)

/** Resolves once a server has answered some hundred requests of others. */
const busy = (server: Served) => async () => {
  while (server.log().split('\n').length < 300) await new Promise((resolve) => setTimeout(resolve, 10))
}

test('a server that drains is alive and not ready, and a connection that is kept hears so', async () => {
  const server = await ownServer()
  expect((await fetch(`${server.url}/readyz`)).headers.get('connection')).toBe('keep-alive')
  const drained = server.drain()
  const answer = await fetch(`${server.url}/readyz`)
  expect([answer.status, answer.headers.get('connection')]).toEqual([503, 'close'])
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  await drained
})

test('a request under way is answered before the server ends, in which nobody is let in (F-17)', async () => {
  const folder = temporaryFolder()
  const server = await served(['serve'], await installation(folder))
  const { port } = new URL(server.url)
  const socket = connect(Number(port), 'localhost')
  const head = ['POST /v1/oauth/token HTTP/1.1', `Host: localhost:${port}`, 'Content-Type: application/json']
  socket.write([...head, 'Content-Length: 2', 'Expect: 100-continue', '', ''].join('\r\n'))
  expect(String((await once(socket, 'data'))[0])).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  const ended = server.end('SIGTERM')
  const isRefused = () =>
    fetch(`${server.url}/healthz`).then(
      () => false,
      () => true,
    )
  while (!(await isRefused())) await new Promise((resolve) => setImmediate(resolve))
  socket.write('{}')
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 .*connection: close.*grant_type is missing/is)
  expect(await ended).toEqual([0, null])
})

test('a second signal ends a server at once, though a request is under way', async () => {
  const server = await served(['serve'], await installation(temporaryFolder()))
  const { port } = new URL(server.url)
  const socket = connect(Number(port), 'localhost')
  socket.on('error', () => undefined)
  const head = ['POST /v1/oauth/token HTTP/1.1', `Host: localhost:${port}`, 'Content-Type: application/json']
  socket.write([...head, 'Content-Length: 2', 'Expect: 100-continue', '', ''].join('\r\n'))
  await once(socket, 'data')
  const ended = server.end('SIGTERM')
  const again = setInterval(() => server.process.kill('SIGTERM'), 100)
  const from = performance.now()
  expect(await ended).toEqual([1, null])
  clearInterval(again)
  expect(performance.now() - from).toBeLessThan(5000)
})

test('a server whose log nobody reads answers all the same, and ends on SIGTERM', async () => {
  const settings = await installation(temporaryFolder())
  const url = `http://localhost:${await freePort()}`
  const own = { HOST: 'localhost', PORT: new URL(url).port, PUBLIC_URL: url, LOG_LEVEL: 'trace' }
  const child = spawn(process.execPath, [...endWithParent, bin, 'serve', '--json'], {
    env: { ...settings, ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stderr.pause()
  const exit = once(child, 'exit')
  await once(child.stdout, 'data')
  // More than a pipe holds.
  for (let count = 0; count < 50; count += 1) await (await fetch(`${url}/${'x'.repeat(10_000)}`)).text()
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
})
