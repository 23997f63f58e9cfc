/** A Fastify with one route and nothing around it. */
import Fastify from 'fastify'
import { answer, port, ready } from './route.ts'

const server = Fastify()
server.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  (_request, sent, done) => done(null, Object.fromEntries(new URLSearchParams(String(sent)))),
)
server.route({
  method: ['GET', 'POST'],
  url: '/*',
  handler: async (_request, reply) => {
    reply.code(answer.status).headers(answer.headers)
    return answer.body
  },
})
await server.listen({ port, host: '127.0.0.1' })
await ready()
