import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** What becomes of a call on its way. */
export type Fault = (call: Call) => Promise<void> | void

export interface Call {
  readonly response: ServerResponse
  /** Cuts the connection. */
  cut(): void
  /** Lets the server process the call; answers what passes its answer on. */
  process(): Promise<() => void>
}

export interface FaultProxy {
  /** Meets the next call of a path from a page's origin with a fault. Answers a promise of the moment when it was met. */
  fail(origin: string, path: string, fault: Fault): Promise<void>
  /** Refuses every call of an origin until the promise ends. */
  offline(origin: string, during: Promise<unknown>): Promise<void>
  /** The access token that an origin was last issued, whether it arrived or not. */
  issued(origin: string): string | undefined
  stop(): Promise<void>
}

interface Waiting {
  readonly key: string
  readonly fault: Fault
  readonly met: () => void
}

const keyOf = (origin: string, path: string) => `${origin} ${path}`

/** Stands between pages and a server, where pages find it, and meets with accidents what it is told to. */
export async function startFaultProxy(port: number, serverPort: number): Promise<FaultProxy> {
  const waiting: Waiting[] = []
  const away = new Set<string>()
  const issued = new Map<string, string>()

  async function ask(incoming: IncomingMessage, body: Buffer, response: ServerResponse) {
    const { 'accept-encoding': _, ...asked } = incoming.headers
    const forwarded = send({
      host: 'localhost',
      port: serverPort,
      method: incoming.method,
      path: incoming.url,
      headers: { ...asked, connection: 'close' },
    })
    forwarded.end(body)
    const [answer]: IncomingMessage[] = await once(forwarded, 'response')
    if (!answer) throw new Error('The server did not answer.')
    const content = await buffer(answer)
    const token = /"access_token":"([^"]+)"/.exec(String(content))?.[1]
    if (token) issued.set(incoming.headers.origin ?? '', token)
    return () => {
      // On a connection that was used before, Chromium would send again by itself what was cut.
      const { 'transfer-encoding': _encoding, ...headers } = answer.headers
      response.writeHead(answer.statusCode ?? 502, { ...headers, connection: 'close' })
      response.end(content)
    }
  }

  const proxy = createServer(async (incoming, response) => {
    const origin = incoming.headers.origin ?? ''
    const body = await buffer(incoming)
    const call: Call = {
      response,
      cut: () => void response.destroy(),
      process: () => ask(incoming, body, response),
    }
    if (away.has(origin)) return call.cut()
    const key = keyOf(origin, (incoming.url ?? '').split('?', 1).join())
    const index = incoming.method === 'OPTIONS' ? -1 : waiting.findIndex((other) => other.key === key)
    const [found] = index < 0 ? [] : waiting.splice(index, 1)
    if (!found) return (await call.process())()
    found.met()
    await found.fault(call)
  }).listen(port, 'localhost')
  await once(proxy, 'listening')

  return {
    fail: (origin, path, fault) =>
      new Promise((met) => waiting.push({ key: keyOf(origin, path), fault, met })),
    offline: async (origin, during) => {
      away.add(origin)
      await during
      away.delete(origin)
    },
    issued: (origin) => issued.get(origin),
    stop: async () => {
      proxy.close()
      proxy.closeAllConnections()
      await once(proxy, 'close')
    },
  }
}
