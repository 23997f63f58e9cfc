/** A Fastify with nothing around it, which answers what is as long as our answers. It says when it is ready. */
import Fastify from 'fastify'

const profile = {
  userId: 1,
  name: 'Some Person',
  handle: 'load_person',
  verified: false,
  sub: '7eP5n',
  preferred_username: 'load_person',
  data: { filler: 'x'.repeat(500) },
}
const pair = {
  access_token: `sdat_${'a'.repeat(57)}`,
  refresh_token: `sdrt_${'a'.repeat(57)}`,
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_expires_in: 2_592_000,
  scope: 'read',
}

const server = Fastify()
server.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
)
server.get('/v1/me', async () => profile)
server.post('/v1/oauth/token', async () => pair)
await server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })

process.stdout.write('ready\n')
