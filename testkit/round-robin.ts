import { once } from 'node:events'
import { request as ask, createServer } from 'node:http'

/**
 * Starts a proxy that sends every request to another node than the one before.
 * @returns how it is ended
 */
export async function roundRobin(port: number, targets: readonly number[]): Promise<() => void> {
  let count = 0
  // No connection is closed for being idle: whoever sends on it just then would be cut off.
  const proxy = createServer({ keepAliveTimeout: 0 }, (request, reply) => {
    const { method, headers, url: path } = request
    const node = targets[count++ % targets.length]
    const target = ask({ agent: false, host: 'localhost', port: node, method, headers, path })
    target.on('response', (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(reply)
    })
    target.on('error', () => reply.destroy())
    // Who has left waits for no stream.
    reply.on('close', () => target.destroy())
    request.pipe(target)
  })
  proxy.listen(port, 'localhost')
  await once(proxy, 'listening')
  return () => {
    proxy.closeAllConnections()
    proxy.close()
  }
}
