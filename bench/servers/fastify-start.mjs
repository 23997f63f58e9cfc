/** A Fastify that answers one word, in JavaScript: what its start costs, without reading TypeScript. */
import Fastify from 'fastify'

const server = Fastify()
server.get('/healthz', () => 'ok')
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
process.stdout.write('ready\n')
