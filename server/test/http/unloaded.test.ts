import { freePort } from '@stagedoor/testkit/ports'
import pino from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import type { Edge } from '../../src/http/edge.ts'
import type { Route, RouteGroup } from '../../src/http/route.ts'
import { httpServer } from '../../src/http/server.ts'
import { socketBounds } from '../../src/http/sockets.ts'
import { followTraffic } from '../../src/http/traffic.ts'

const me: Route = {
  ...{ method: 'GET', path: '/v1/me', audience: 'api', pace: null },
  answer: () => ({ status: 200, headers: {}, body: 'me' }),
}

/** A server of one group, whose file and whose pages of errors are missing until they are mended. */
async function broken() {
  const lines: Record<string, unknown>[] = []
  const missing = { isMended: false }
  const group: RouteGroup = {
    under: /^/,
    async load() {
      if (!missing.isMended) throw new Error('There is no such file.')
      return [me]
    },
  }
  const noPage = async () => {
    throw new Error('There is no such page.')
  }
  const edge: Edge = {
    ...{ publicUrl: 'http://localhost:1', requestTimeoutMs: 15_000, tracing: null, proofNonce: null },
    ...{ showError: noPage, showBadRequest: noPage, redirectTo: () => 'http://localhost:2' },
    isTrustedProxy: () => false,
    socketBounds: socketBounds(1024),
    counterOf: () => () => {},
    hold: () => {},
    log: pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) }),
    requestId: () => 'the request',
    traffic: followTraffic(),
    checkHost: () => {},
  }
  const server = httpServer([], [group], edge)
  const port = await freePort()
  await server.listen({ host: '127.0.0.1', port })
  onTestFinished(() => server.close())
  const get = (path: string, accept: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept, connection: 'close' } })
  return { get, lines, missing }
}

const errors = (lines: readonly Record<string, unknown>[]) =>
  lines.filter(({ level }) => level === pino.levels.values['error'])

test('what cannot be loaded is answered with 500 and logged, and the next request tries again', async () => {
  const { get, lines, missing } = await broken()
  const answer = await get('/v1/me', '*/*')
  expect(answer.status).toBe(500)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(answer.headers.get('x-request-id')).toBe('the request')
  expect(await answer.json()).toMatchObject({
    status: 500,
    detail: expect.stringMatching(/^Something went wrong on our side/),
  })
  expect(errors(lines)).toMatchObject([
    { requestId: 'the request', status: 500, err: { message: 'There is no such file.' } },
  ])
  missing.isMended = true
  expect((await get('/v1/me', '*/*')).status).toBe(200)
})

test('an error whose page cannot be shown is told in plain text', async () => {
  const { get, lines } = await broken()
  const answer = await get('/sign-in', 'text/html')
  expect(answer.status).toBe(500)
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(answer.headers.get('x-frame-options')).toBe('DENY')
  expect(await answer.text()).toMatch(
    /^The server met an error it did not expect\..*\nRequest id: the request\n$/,
  )
  expect(errors(lines).map(({ err }) => err)).toMatchObject([
    { message: 'There is no such file.' },
    { message: 'There is no such page.' },
  ])
})
