/** What recording usage costs: the time of a request with it and without, by turns, inside one process. */
import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import pino from 'pino'
import { profile } from '../src/api/me.ts'
import { mint } from '../src/crypto/secret.ts'
import { resourceEndpoint } from '../src/endpoints/api.ts'
import { tokenEndpoint } from '../src/endpoints/oauth.ts'
import { json, type Request } from '../src/http/message.ts'
import type { Store } from '../src/store/contract/store.ts'
import { openSqliteStore } from '../src/store/sqlite/store.ts'
import { openUsage, type Usage } from '../src/usage/start.ts'

const rounds = 104
/** Rounds that only warm up. */
const warmUp = 4
const requests = 250
const redirectUri = 'https://app.example/cb'
const apiKey = 'a'.repeat(40)
const log = pino({ level: 'silent' })

const store = openSqliteStore({ file: ':memory:' })
const standing = { store, log, clock: Date.now, random: randomBytes, issuer: 'http://localhost' }
const recording = openUsage({ plan: 'unlimited', unlimitedApiKeys: new Set(), knowsNetworks: true }, standing)

const me = profile.find(({ path }) => path === '/v1/me') ?? fail()

function fail(): never {
  throw new Error('There is no call for the profile.')
}

type Watching = Pick<Usage, 'watchFlow' | 'meterCall'>
const nothing: Watching = {
  watchFlow: async (_step, _request, answer) => answer(store),
  meterCall: (_call, answer) => answer(async () => {}),
}

/** The two routes that are used most, wired as `routes.ts` wires them. */
function serverWith(usage: Watching) {
  const deps = { ...standing, refreshGraceMs: 0 }
  const calls = { ...deps, usage, serveAttachment: () => json(200, {}) }
  return {
    me: (request: Request) => resourceEndpoint(me, request, calls),
    token: (request: Request) =>
      usage.watchFlow('token', request, (seen) => tokenEndpoint(request, { ...deps, ...seen })),
  }
}
type Served = ReturnType<typeof serverWith>

const plain: Request = {
  method: 'GET',
  pathname: '/',
  query: '',
  header: () => undefined,
  authorization: [],
  cookies: {},
  path: () => '',
  body: new Uint8Array(),
  stream: Readable.from([]),
  address: '127.0.0.1',
  requestId: 'request',
}

/** A login without its pages; answers an access and a refresh token. */
async function logIn(server: Served, from: Store): Promise<[string, string]> {
  const verifier = randomBytes(32).toString('base64url')
  const code = mint('code', randomBytes)
  const key = { digest: randomBytes(32), browser: randomBytes(32) }
  const now = Date.now()
  const request = {
    apiKey,
    appName: 'App',
    redirectUri,
    isNative: false,
    scope: 'read',
    state: 'state',
    codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
    responseMode: 'query',
    display: 'popup',
    promptLogin: false,
    promptConsent: false,
    loginHint: null,
    createdAt: now,
    expiresAt: now + 60_000,
  } as const
  await from.approveRequest(
    { ...key, request },
    { digest: code.digest, sealed: randomBytes(64), userId: ada.id, createdAt: now, expiresAt: now + 60_000 },
    'once',
  )
  const { access_token, refresh_token } = await token(server, {
    grant_type: 'authorization_code',
    code: code.text,
    code_verifier: verifier,
    redirect_uri: redirectUri,
  })
  return [access_token, refresh_token]
}

async function token({ token }: Served, body: Record<string, string>) {
  const bytes = new TextEncoder().encode(JSON.stringify({ client_id: apiKey, ...body }))
  const header = (name: string) => (name === 'content-type' ? 'application/json' : undefined)
  const answer = await token({ ...plain, method: 'POST', header, body: bytes })
  const pair: { access_token: string; refresh_token: string } = JSON.parse(String(answer.body))
  return pair
}

const user = await store.createUser({
  handle: 'ada',
  name: 'Ada',
  email: 'ada@example.com',
  passwordHash: 'none',
  isVerified: false,
  profilePicture: null,
  now: Date.now(),
})
if (user.outcome !== 'created') throw new Error('There is an Ada already.')
const ada = user.user
const facts = { apiKey, name: 'App', nameKey: 'app', description: null, redirectUris: [redirectUri] }
await store.createApp({ ...facts, ownerId: ada.id, now: Date.now() }, 100)

const kinds = [
  { name: 'with', server: serverWith(recording) },
  { name: 'without', server: serverWith(nothing) },
]

async function callsOf(server: Served): Promise<number> {
  const [access] = await logIn(server, store)
  const from = performance.now()
  for (let time = 0; time < requests; time += 1)
    await server.me({ ...plain, authorization: [`Bearer ${access}`] })
  return performance.now() - from
}

async function refreshesOf(server: Served): Promise<number> {
  let [, refresh_token] = await logIn(server, store)
  const from = performance.now()
  for (let time = 0; time < requests; time += 1)
    ({ refresh_token } = await token(server, { grant_type: 'refresh_token', refresh_token }))
  return performance.now() - from
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

for (const [what, measure] of [
  ['GET /v1/me', callsOf],
  ['refresh', refreshesOf],
] as const) {
  const times = new Map(kinds.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round += 1)
    for (const { name, server } of round % 2 === 0 ? kinds : kinds.toReversed())
      times.get(name)?.push(((await measure(server)) * 1000) / requests)
  const [on = 0, off = 0] = kinds.map(({ name }) => median(times.get(name)?.slice(warmUp) ?? []))
  console.log(`${what}: ${on.toFixed(1)} µs with usage, ${off.toFixed(1)} µs without`)
}
await recording.stop()
await store.close()
