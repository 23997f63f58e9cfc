/** Node's own HTTP server with one answer and nothing around it. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { answer, port, ready } from './route.ts'

const server = createServer(async (request, response) => {
  if (request.method === 'POST') Object.fromEntries(new URLSearchParams(await text(request)))
  const { status, headers, body } = answer
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(bytes) })
  response.end(bytes)
})
server.listen(port, '127.0.0.1')
await once(server, 'listening')
await ready()
