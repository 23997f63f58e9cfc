import { serve } from '@hono/node-server'
import { issuer } from '@openauthjs/openauth'
import { createClient } from '@openauthjs/openauth/client'
import { createSubjects } from '@openauthjs/openauth/subject'
import { z } from 'zod'
import { asked, newProof, ready, redirectUri } from './prepared.ts'
import { Table } from './table.ts'

const clientId = 'some-app'
const table = new Table(asked.folder)
const keyOf = (parts: string[]) => parts.join('\u{1f}')
// Its logger writes a line a request, which nothing of ours does here.
console.log = () => undefined

const subjects = createSubjects({ user: z.object({ id: z.string(), name: z.string() }) })

const app = issuer({
  storage: {
    get: async (key) => table.get(keyOf(key)),
    set: async (key, value, expiry) => table.set(keyOf(key), value, expiry?.getTime()),
    remove: async (key) => table.remove(keyOf(key)),
    scan: async function* (prefix) {
      for (const [key, value] of table.scan(keyOf(prefix))) yield [key.split('\u{1f}'), value]
    },
  },
  subjects,
  allow: async () => true,
  providers: {
    known: {
      type: 'known',
      init(routes, { success }) {
        routes.get('/authorize', (context) => success(context, {}))
      },
    },
  },
  success: (response) =>
    response.subject('user', { id: 'load_person', name: 'Some Person' }, { subject: 'load_person' }),
})

const origin = `http://localhost:${asked.port}`

// It has no endpoint for a profile: an API of its kind reads the token itself, and sees no revocation.
const client = createClient({ clientID: clientId, issuer: origin, fetch: async (url) => app.request(url) })
app.get('/profile', async (context) => {
  const token = context.req.header('authorization')?.slice('Bearer '.length) ?? ''
  const verified = await client.verify(subjects, token)
  return verified.err
    ? context.json({ error: 'invalid_token' }, 401)
    : context.json(verified.subject.properties)
})

const authorizePath = (codeChallenge: string) => {
  const query = new URLSearchParams({
    ...{ provider: 'known', response_type: 'code', client_id: clientId, redirect_uri: redirectUri },
    ...{ code_challenge: codeChallenge, code_challenge_method: 'S256', state: 'a state' },
  })
  return `/authorize?${query}`
}

async function login(codeChallenge: string): Promise<string> {
  let next = origin + authorizePath(codeChallenge)
  let cookie = ''
  while (next.startsWith(origin)) {
    const response = await app.request(next, { headers: { cookie } })
    cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    next = new URL(response.headers.get('location') ?? '', next).href
  }
  return new URL(next).searchParams.get('code') ?? ''
}

serve({ fetch: app.fetch, port: asked.port, hostname: '127.0.0.1' }, () =>
  ready(
    {
      ...{ clientId, redirectUri, tokenPath: '/token', profilePath: '/profile' },
      authorize: { path: authorizePath(newProof().codeChallenge), status: 302 },
    },
    login,
  ),
)
