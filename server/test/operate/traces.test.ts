import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { command, temporaryFolder } from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { ownServer } from '@stagedoor/testkit/server'
import { appAndBrowser, pairOf } from '@stagedoor/testkit/wire-app'
import { expect, onTestFinished, test } from 'vitest'

interface ExportedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
}

/** A collector that keeps what it is sent, by OTLP over HTTP as JSON. */
async function collector() {
  const received: string[] = []
  const paths = new Set<string>()
  const server = createServer(async (request, response) => {
    paths.add(`${request.method} ${request.url} ${request.headers['content-type']}`)
    received.push(await text(request))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    paths,
    all: () => received.join('\n'),
    spans: (): readonly ExportedSpan[] =>
      received.flatMap((body) =>
        JSON.parse(body).resourceSpans.flatMap((resource: { scopeSpans: { spans: ExportedSpan[] }[] }) =>
          resource.scopeSpans.flatMap(({ spans }) => spans),
        ),
      ),
  }
}

const attribute = (span: ExportedSpan | undefined, key: string): unknown =>
  Object.values(span?.attributes.find((each) => each.key === key)?.value ?? {})[0]

test('a collector is sent a span of each request, in its caller’s trace, with the verbs of the store below it and no secret', async () => {
  const to = await collector()
  const server = await ownServer({ OTEL_EXPORTER_OTLP_ENDPOINT: to.url })
  const { app, browser } = await appAndBrowser(server)
  const code = await app.logIn(browser)
  const pair = pairOf(await app.exchange(code))
  const trace = { id: '4bf92f3577b34da6a3ce929d0e0e4736', parent: '00f067aa0ba902b7' }
  const me = await fetch(`${server.url}/v1/me?asked=by-query`, {
    headers: {
      authorization: `Bearer ${pair.access}`,
      traceparent: `00-${trace.id}-${trace.parent}-01`,
    },
  })
  expect(me.status).toBe(200)
  const unsampled = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` }
  expect((await fetch(`${server.url}/healthz`, { headers: unsampled })).status).toBe(200)
  expect((await fetch(`${server.url}/nowhere/at-all`)).status).toBe(404)
  await server.stop()

  expect([...to.paths]).toEqual(['POST /v1/traces application/json'])
  const spans = to.spans()
  const asked = spans.find(({ name }) => name === 'GET /v1/me')
  expect(asked).toMatchObject({ traceId: trace.id, parentSpanId: trace.parent, kind: 2 })
  expect(attribute(asked, 'http.route')).toBe('/v1/me')
  expect(attribute(asked, 'url.path')).toBe('/v1/me')
  expect(attribute(asked, 'http.response.status_code')).toBe(200)
  expect(attribute(asked, 'stagedoor.request_id')).toBe(me.headers.get('x-request-id'))
  const below = spans.filter(({ parentSpanId }) => parentSpanId === asked?.spanId)
  expect(below.length).toBeGreaterThan(0)
  for (const span of below) expect(attribute(span, 'db.operation.name')).toBe(span.name)
  // What changes something does it as somebody: by a store that was made for the request.
  const exchange = spans.find(({ name }) => name === 'POST /v1/oauth/token')
  expect(
    spans.filter(({ parentSpanId }) => parentSpanId === exchange?.spanId).map(({ name }) => name),
  ).toContain('redeemCode')
  expect(spans.filter(({ traceId }) => traceId === 'a'.repeat(32))).toEqual([])
  expect(spans.filter(({ name }) => name === 'GET').map((span) => attribute(span, 'url.path'))).toContain(
    '/nowhere/at-all',
  )
  for (const secret of [pair.access, pair.refresh, code.code, 'by-query', 'pass-phrase', 'verifier-'])
    expect(to.all()).not.toContain(secret)
})

test('a collector that is away changes no answer, and the doctor says so', async () => {
  const nowhere = `http://127.0.0.1:${await freePort()}`
  const server = await ownServer({ OTEL_EXPORTER_OTLP_ENDPOINT: nowhere })
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  const to = await collector()
  for (const [endpoint, status] of [
    [nowhere, 'look'],
    [to.url, 'right'],
  ]) {
    const settings = {
      PUBLIC_URL: server.url,
      DATA_DIR: temporaryFolder(),
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    }
    const { out } = await command(['doctor', '--json'], { settings })
    const { findings } = JSON.parse(out)
    expect(findings).toContainEqual(expect.objectContaining({ name: 'traces', status }))
  }
})
