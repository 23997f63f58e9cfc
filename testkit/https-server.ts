import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll } from 'vitest'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A server on loopback that a test's own certificate vouches for, and whose answers a test decides. */
export interface HttpsServer {
  /** Its origin. */
  readonly url: string
  /** The paths that were asked for, in their order. */
  readonly asked: readonly string[]
  /** Answers a path from now on; answers its address. */
  on(path: string, handler: Handler): string
}

const certificate = readFileSync(new URL('../server/test/mail/localhost.pem', import.meta.url), 'utf8')

/** A server for all the tests of a file. */
export async function httpsServer(): Promise<HttpsServer> {
  setDefaultCACertificates([...getCACertificates(), certificate])
  const handlers = new Map<string, Handler>()
  const asked: string[] = []
  const server = createServer({ key: certificate, cert: certificate }, (request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const handler = handlers.get(path)
    if (handler === undefined) response.writeHead(404).end()
    else handler(request, response)
  })
  await once(server.listen(0, 'localhost'), 'listening')
  // Listening on a port, it has an address with one.
  const url = `https://localhost:${(server.address() as AddressInfo).port}`
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url,
    asked,
    on(path, handler) {
      handlers.set(path, handler)
      return url + path
    },
  }
}

/** Answers JSON as a well-behaved server does. */
export const jsonHandler =
  (value: unknown, headers: Readonly<Record<string, string>> = {}): Handler =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
  }
