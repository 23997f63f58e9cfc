import { once } from 'node:events'
import { request as ask, createServer, type IncomingMessage } from 'node:http'
import { freePort } from '@stagedoor/testkit/ports'
import { onTestFinished } from 'vitest'

/** What becomes of a request: a status that it is refused with, nothing at all, or what the store answers. */
export type Mood = number | 'silent' | 'well'

/** Puts an object store that is in moods in front of a real one; answers where it is. */
export async function moodyStore(
  endpoint: string,
  moodOf: (request: { readonly method: string; readonly url: string }) => Mood,
): Promise<string> {
  const { hostname: host, port } = new URL(endpoint)
  const own = await freePort()
  const server = createServer((request, reply) => {
    const { method = '', url = '', headers } = request
    const mood = moodOf({ method, url })
    if (mood === 'silent') return request.resume()
    if (typeof mood === 'number') {
      request.resume()
      reply.writeHead(mood, { 'content-type': 'application/xml', connection: 'close' })
      return reply.end('<Error><Code>SlowDown</Code><Message>Later</Message></Error>')
    }
    const target = ask({ agent: false, host, port, method, path: url, headers })
    target.on('response', (answer: IncomingMessage) => {
      reply.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(reply)
    })
    target.on('error', () => reply.destroy())
    return request.pipe(target)
  })
  server.listen(own, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${own}`
}
