import { once } from 'node:events'
import { createServer, request as send } from 'node:http'
import { freePort } from '@stagedoor/testkit/ports'
import { type Server, startServer } from './server.ts'

export interface ProxiedServer extends Server {
  /** Refuses connections from now on, and cuts those that stand. */
  goDown(): Promise<void>
  comeBack(): Promise<void>
}

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
  const proxy = createServer((incoming, outgoing) => {
    const forwarded = send(
      {
        host: 'localhost',
        port: serverPort,
        method: incoming.method,
        path: incoming.url,
        headers: incoming.headers,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...headers })
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
