import { once } from 'node:events'
import { createServer, request as send } from 'node:http'
import { freePort } from '@stagedoor/testkit/ports'
import { type Server, startServer } from './server.ts'

export interface ProxiedServer extends Server {
  /** Refuses connections from now on, and cuts those that stand. */
  goDown(): Promise<void>
  comeBack(): Promise<void>
}

/** What is said of one connection alone (RFC 9110 §7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive'])

/**
 * Starts a server behind a proxy, where people reach it.
 * @param headers what the proxy adds to every answer
 */
export async function startBehindProxy(
  logName: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ProxiedServer> {
  const [port, serverPort] = [await freePort(), await freePort()]
  const server = await startServer(logName, serverPort, `http://localhost:${port}`)
  // No connection is closed for being idle: whoever sends on it just then would be cut off.
  const proxy = createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    const forwarded = send(
      {
        agent: false,
        host: 'localhost',
        port: serverPort,
        method: incoming.method,
        path: incoming.url,
        headers: incoming.headers,
      },
      (answer) => {
        const told = Object.entries(answer.headers).filter(([name]) => !hopByHop.has(name))
        outgoing.writeHead(answer.statusCode ?? 502, { ...Object.fromEntries(told), ...headers })
        answer.pipe(outgoing)
      },
    )
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  const comeBack = async () => {
    proxy.listen(port, 'localhost')
    await once(proxy, 'listening')
  }
  const goDown = async () => {
    proxy.close()
    proxy.closeAllConnections()
    await once(proxy, 'close')
  }
  await comeBack()
  return {
    ...server,
    goDown,
    comeBack,
    stop: async () => {
      if (proxy.listening) await goDown()
      await server.stop()
    },
  }
}
