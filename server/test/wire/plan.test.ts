import { day, ownServer, second, type TestServer } from '@stagedoor/testkit/server'
import { type Answer, expectProblem, get, pairOf } from '@stagedoor/testkit/wire-app'
import { jun, nova, type Person, sam, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig, type Settings } from '../../src/config.ts'
import { monthOf } from '../../src/usage/rate-limit.ts'
import { csvOf, type Developed, developed } from './developer.ts'

const free = { API_PLAN: 'free' }

/** A server whose buckets fill as the test says, not as the machine takes its time. */
async function stillServer(settings: Settings): Promise<TestServer> {
  const server = await ownServer(settings)
  server.stopClock()
  return server
}

async function loggedIn(server: TestServer, own: Developed, person: Person = jun) {
  const pair = pairOf(await own.app.exchange(await own.app.logIn(await signedIn(server.url, person))))
  return {
    ...pair,
    me: () => get(`${server.url}/v1/me`, { authorization: `Bearer ${pair.access}` }),
  }
}

/** Calls this often at once; answers what was refused as too much. */
const burst = async (times: number, call: () => Promise<Answer>): Promise<readonly Answer[]> => {
  const answers = await Promise.all(Array.from({ length: times }, call))
  return answers.filter(({ status }) => status === 429)
}

/** Of 80 calls 50 pass, and as many more as the time lets through in which they are made. */
function expectHeld(refused: readonly Answer[]): void {
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThanOrEqual(30)
}

/** Counts calls of an app as if they had been made. */
const spend = (server: TestServer, { apiKey }: Developed, count: number) =>
  server.store.recordUsage(
    {
      apiKey,
      counts: [{ hour: Date.now() - (Date.now() % 3_600_000), metric: 'call', label: 'GET /v1/me', count }],
      users: [],
      events: [],
      milestones: [],
    },
    1,
  )

describe('the plan Free', () => {
  test('lets 50 calls through at once, then ten a second, and says what to do', async () => {
    const server = await stillServer(free)
    const own = await developed(server, nova)
    const { me } = await loggedIn(server, own)
    const answers = await burst(80, me)
    expectHeld(answers)
    const refused = answers[0] ?? (await me())
    expectProblem(refused, 429, 'too_many_requests', /more than 10 requests a second.*Wait 1 s/)
    expect(refused?.headers.get('ratelimit-policy')).toBe('"app";q=50;w=5')
    expect(refused?.headers.get('ratelimit')).toBe('"app";r=0;t=1')
    expect(refused.headers.get('retry-after')).toBe('1')
    server.advance(second)
    expect((await burst(60, me)).length).toBeGreaterThan(0)
    server.advance(10 * second)
    expect(await burst(50, me)).toEqual([])
    expect((await csvOf(own, 'errors')).map(([code]) => code)).toEqual(['too_many_requests'])
  })

  test('holds each user to themselves: one who is too fast slows no other of the same app', async () => {
    const server = await stillServer(free)
    const own = await developed(server, nova)
    const [one, other] = [await loggedIn(server, own), await loggedIn(server, own, sam)]
    expectHeld(await burst(80, one.me))
    expect(await burst(15, other.me)).toEqual([])
  })

  test('holds each app to itself: one that is too fast slows no other', async () => {
    const server = await stillServer(free)
    const one = await loggedIn(server, await developed(server, nova))
    const other = await loggedIn(server, await developed(server, nova))
    expectHeld(await burst(80, one.me))
    expect((await other.me()).status).toBe(200)
  })

  test('ends at 500,000 calls a month, until the next; logging in goes on', async () => {
    const server = await stillServer(free)
    const own = await developed(server, nova)
    await spend(server, own, 499_999)
    const { me, refresh } = await loggedIn(server, own)
    expect((await me()).status).toBe(200)
    const refused = await me()
    expectProblem(refused, 429, 'too_many_requests', /500,000 requests of its month.*log in/)
    expect(refused?.headers.get('ratelimit-policy')).toBe('"month";q=500000;w=2592000')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThan(31 * 86_400)
    expect((await own.app.refresh(refresh)).status).toBe(200)
    const again = await loggedIn(server, own)
    expect((await own.app.revoke(again.refresh)).status).toBe(200)
    expect(wordsOf(await own.browser.open(`/developers/${own.apiKey}/usage`))).toContain(
      '500,000 of 500,000 API calls this month',
    )
    server.advance(Number(refused.headers.get('retry-after')) * second + second)
    const next = await loggedIn(server, await developed(server, nova))
    expect((await next.me()).status).toBe(200)
    expect((await (await loggedIn(server, own)).me()).status).toBe(200)
  })

  test('knows what was spent before the server started', async () => {
    const server = await stillServer(free)
    const own = await developed(server, nova)
    await spend(server, own, 500_000)
    const { me } = await loggedIn(server, own)
    expect((await me()).status).toBe(429)
  })

  test('is not used up by whoever only names the app: that is held to its address', async () => {
    const server = await stillServer(free)
    const own = await developed(server, nova)
    await spend(server, own, 499_999)
    const named = () => get(`${server.url}/v1/tracks/search?query=a&api_key=${own.apiKey}`)
    expectHeld(await burst(80, named))
    const { me } = await loggedIn(server, own)
    expect((await me()).status).toBe(200)
  })

  test.each([
    ['without any app', '/v1/tracks/search?query=a', {}],
    ['by name alone', '/v1/tracks/search?query=a&app_name=Some+app', {}],
    ['with tokens that are none', '/v1/me', { authorization: 'Bearer no' }],
  ])('holds calls %s to their address', async (_, path, headers) => {
    const server = await stillServer(free)
    const call = () => get(server.url + path, headers)
    const answers = await burst(80, call)
    expectHeld(answers)
    expectProblem(answers[0] ?? (await call()), 429, 'too_many_requests', /This address/)
    server.advance(10 * second)
    expect((await call()).status).not.toBe(429)
  })

  test('believes no header about the address, unless a trusted proxy sent it (IN-8)', async () => {
    const forge = (server: TestServer) => {
      let host = 0
      return () => {
        host += 1
        return get(`${server.url}/v1/tracks/search?query=a`, { 'x-forwarded-for': `203.0.113.${host}` })
      }
    }
    expectHeld(await burst(80, forge(await stillServer(free))))
    const behind = await stillServer({ ...free, TRUSTED_PROXIES: '127.0.0.0/8, ::1' })
    expect(await burst(80, forge(behind))).toEqual([])
  })

  test.each([
    ['other ports', { 'x-forwarded-for': (n: number) => `203.0.113.7:${40_000 + n}` }],
    ['other addresses of one IPv6 network', { 'x-forwarded-for': (n: number) => `[2001:db8::${n}]:443` }],
    [
      'what stands before the proxy’s word',
      { 'x-forwarded-for': (n: number) => `192.0.2.${n}, 203.0.113.7` },
    ],
    ['words that are no address', { 'x-forwarded-for': (n: number) => `192.0.2.${n}, unknown` }],
    ['a header that the proxy does not write', { forwarded: (n: number) => `for=192.0.2.${n}` }],
  ])('is not outrun behind a trusted proxy by %s', async (_, forging) => {
    const behind = await stillServer({ ...free, TRUSTED_PROXIES: '127.0.0.0/8, ::1' })
    let time = 0
    const forge = () => {
      time += 1
      const headers = Object.entries(forging).map(([name, value]) => [name, value(time)])
      return get(`${behind.url}/v1/tracks/search?query=a`, Object.fromEntries(headers))
    }
    expectHeld(await burst(80, forge))
  })

  test('holds nobody to an address that is everybody’s: that of a proxy which is not named', async () => {
    const server = await stillServer({ ...free, PUBLIC_URL: 'https://music.example' })
    const call = () => get(`http://localhost:${server.port}/v1/tracks/search?query=a`)
    expect(await burst(80, call)).toEqual([])
  })

  test('spares the apps that have none', async () => {
    const key = 'c'.repeat(40)
    const server = await stillServer({ ...free, UNLIMITED_API_KEYS: `0x${key.toUpperCase()}` })
    const own = await developed(server, nova, 'Spared', key)
    const { me } = await loggedIn(server, own)
    expect(await burst(80, me)).toEqual([])
    expect(wordsOf(await own.browser.open(`/developers/${key}/usage`))).toContain('Plan: Unlimited')
  })
})

test('an unlimited installation holds nobody back', async () => {
  const server = await stillServer({ API_PLAN: 'unlimited' })
  const own = await developed(server, nova)
  await spend(server, own, 600_000)
  const { me } = await loggedIn(server, own)
  expect(await burst(80, me)).toEqual([])
  expect(await burst(80, () => get(`${server.url}/v1/tracks/search?query=a`))).toEqual([])
})

test('development is unlimited and production free, unless they are told otherwise', () => {
  const needed = { PUBLIC_URL: 'https://a.example', DATA_DIR: '/tmp', TRUSTED_PROXIES: 'none' }
  expect(readConfig(needed, 'development').plan).toBe('unlimited')
  expect(readConfig(needed).plan).toBe('free')
  expect(readConfig({ ...needed, API_PLAN: 'free' }, 'development').plan).toBe('free')
})

test.each([
  { API_PLAN: 'gold' },
  { UNLIMITED_API_KEYS: 'abc' },
  { UNLIMITED_API_KEYS: `${'a'.repeat(40)},` },
  { TRUSTED_PROXIES: 'proxy.example' },
  { TRUSTED_PROXIES: '10.0.0.0/33' },
  { TRUSTED_PROXIES: '10.0.0.0/8/8' },
])('a start with %j is refused, naming it', (settings) => {
  const needed = { PUBLIC_URL: 'https://a.example', DATA_DIR: '/tmp', TRUSTED_PROXIES: 'none' }
  expect(() => readConfig({ ...needed, ...settings })).toThrow(ConfigError)
  expect(() => readConfig({ ...needed, ...settings })).toThrow(new RegExp(Object.keys(settings)[0] ?? ''))
})

test('a month begins on its first day, in UTC', () => {
  const first = Date.UTC(2026, 1, 1)
  for (const at of [first, first + 1, first + 27 * day, Date.UTC(2026, 2, 1) - 1])
    expect(monthOf(at)).toBe(first)
})
