import { nodeSdk, rejection } from '@stagedoor/testkit/sdk'
import { hour, minute, ownServer, type TestServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { type Browser, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, onTestFinished, test, vi } from 'vitest'

type Sdk = ReturnType<typeof nodeSdk>
type Config = Parameters<typeof nodeSdk>[0]
type Store = NonNullable<NonNullable<Config['services']>['tokenStore']>

/** A token store of a server, which keeps what it was given as text: the key too, unless it is left out. */
function textStore(
  kept: Map<string, string> = new Map(),
  keepsKey = true,
): Store & { readonly kept: Map<string, string> } {
  const get = (name: string) => kept.get(name) ?? null
  const set = (name: string, value: string) => void kept.set(name, value)
  return {
    kept,
    getAccessToken: () => get('access'),
    getRefreshToken: () => get('refresh'),
    getAccessTokenExpiry: () => Number(get('until')) || null,
    getRefreshTokenExpiry: () => null,
    setTokens: (access, refresh, expiresIn) => {
      set('access', access)
      set('refresh', refresh)
      set('until', String(Date.now() + (expiresIn ?? 0) * 1000))
    },
    clear: () => {
      for (const name of ['access', 'refresh', 'until']) kept.delete(name)
    },
    ...(keepsKey && { getProofKey: () => get('key'), setProofKey: (key: string) => set('key', key) }),
  }
}

const redirectUri = 'https://app.example/cb'

interface World {
  readonly server: TestServer
  readonly apiKey: string
  readonly browser: Browser
  readonly app: App
  /** The authorization headers and proofs that were sent. */
  readonly sent: Headers[]
}

async function world(): Promise<World> {
  const server = await ownServer()
  const apiKey = await server.register('Bound', redirectUri)
  const sent: Headers[] = []
  const real = globalThis.fetch
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    if (!String(input).includes('/authorize')) sent.push(new Headers(init?.headers))
    return real(input, init)
  })
  onTestFinished(() => spy.mockRestore())
  const app = new App(server.url, { apiKey }, redirectUri)
  return { server, apiKey, browser: await signedIn(server.url), app, sent }
}

const instance = ({ server, apiKey }: World, tokenStore: Store, dpop = true): Sdk =>
  nodeSdk({ apiKey, redirectUri, apiEndpoint: server.url, dpop, services: { tokenStore } })

/** Logs in through a server, whose store keeps the tokens. */
async function logIn({ browser }: World, { oauth }: Sdk, store: Store): Promise<void> {
  const { url, transaction } = oauth.createAuthorizationUrl({ scope: 'write' })
  const { pathname, search } = new URL(url)
  const page = await browser.open(pathname + search)
  const end = page.leftFor === null ? await browser.allow(page) : page
  const tokens = await oauth.exchangeCode(end.leftFor ?? '', transaction)
  await store.setTokens(
    tokens.accessToken,
    tokens.refreshToken ?? '',
    tokens.expiresIn,
    tokens.refreshExpiresIn,
  )
}

const proofOf = (headers: Headers | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(headers?.get('dpop')?.split('.')[1] ?? '', 'base64url').toString())

test('the SDK logs in, calls, refreshes and ends with a key of its own', async () => {
  const here = await world()
  const store = textStore()
  const sdk = instance(here, store)
  await logIn(here, sdk, store)
  const access = store.kept.get('access') ?? ''
  expect(await here.app.me(access), 'without the key').toBe(401)
  const user = await sdk.oauth.getUser()
  expect((await sdk.users.getUser({ id: user.id })).data.handle).toBe(user.handle)
  const answer = await sdk.oauth.fetch(`${here.server.url}/v1/me?a=1#b`)
  expect(answer.status).toBe(200)
  expect(here.sent.at(-1)?.get('authorization')).toBe(`DPoP ${access}`)
  expect(proofOf(here.sent.at(-1))).toMatchObject({ htm: 'GET', htu: `${here.server.url}/v1/me` })
  const jtis = here.sent.filter((headers) => headers.has('dpop')).map((headers) => proofOf(headers)['jti'])
  expect(new Set(jtis).size).toBe(jtis.length)
  const next = await sdk.oauth.refreshAccessToken()
  expect(next).not.toBe(access)
  expect((await sdk.oauth.getUser()).id).toBe(user.id)
  await sdk.oauth.logout()
  expect(await rejection(sdk.oauth.getUser())).toMatchObject({ code: 'not_authenticated' })
})

test('another process goes on with the key that the token store keeps', async () => {
  const here = await world()
  const store = textStore()
  await logIn(here, instance(here, store), store)
  const other = instance(here, textStore(new Map(store.kept)))
  expect((await other.oauth.getUser()).id).toBeTruthy()
  expect(await other.oauth.refreshAccessToken()).toEqual(expect.stringMatching(/^sdat_/))
})

test('uploads go with proofs, to the storage of the server itself', async () => {
  const here = await world()
  const store = textStore()
  const sdk = instance(here, store)
  await logIn(here, sdk, store)
  const buffer = Buffer.from('no picture')
  const upload = sdk.uploads.createImageUpload({ file: { buffer, name: 'a.jpg', type: 'image/jpeg' } })
  expect(await rejection(upload.start())).toMatchObject({ code: 'upload_failed' })
  const uploads = here.sent.filter((headers) => headers.has('tus-resumable'))
  expect(uploads.length).toBeGreaterThan(1)
  for (const headers of uploads) {
    expect(headers.get('authorization')).toMatch(/^DPoP sdat_/)
    expect(proofOf(headers)['htu']).toMatch(/\/files\//)
  }
})

test('a clock that is hours off is no obstacle, nor is a nonce that has ended (DP-6)', async () => {
  const here = await world()
  here.server.advance(3 * hour)
  const store = textStore()
  const sdk = instance(here, store)
  await logIn(here, sdk, store)
  await sdk.oauth.getUser()
  // The last nonce ends; the same request is made again with the next one.
  here.server.advance(6 * minute)
  const before = here.sent.length
  await sdk.oauth.getUser()
  expect(here.sent.length).toBe(before + 2)
  here.server.advance(6 * minute)
  const posted = await sdk.oauth.fetch(`${here.server.url}/v1/me`, {
    headers: { accept: 'application/json' },
  })
  expect(posted.status).toBe(200)
})

test('a lost key ends the session, which says so, and the next login is whole', async () => {
  const here = await world()
  const store = textStore()
  await logIn(here, instance(here, store), store)
  store.kept.delete('key')
  const sdk = instance(here, store)
  const events: object[] = []
  const stop = sdk.oauth.on('signed-out', (event) => events.push(event))
  await expect.poll(() => sdk.oauth.session.status).toBe('authenticated')
  const before = here.sent.length
  expect(await rejection(sdk.oauth.getUser())).toMatchObject({ code: 'session_expired' })
  expect(here.sent.length, 'nothing is asked without a key').toBe(before)
  expect(events).toEqual([{ type: 'signed-out', why: 'key-lost' }])
  expect([...store.kept.keys()]).toEqual([])
  stop()
  await logIn(here, sdk, store)
  expect((await sdk.oauth.getUser()).id).toBeTruthy()
})

test('a session of before the app asked for binding ends once, and so does one of after', async () => {
  const here = await world()
  const store = textStore()
  await logIn(here, instance(here, store, false), store)
  expect((await instance(here, store, false).oauth.getUser()).id).toBeTruthy()
  store.kept.set('key', JSON.stringify(await newKey()))
  const bound = instance(here, store)
  expect(await rejection(bound.oauth.getUser())).toMatchObject({ code: 'session_expired' })
  await logIn(here, bound, store)
  expect((await bound.oauth.getUser()).id).toBeTruthy()
  const unbound = instance(here, store, false)
  expect(await rejection(unbound.oauth.getUser())).toMatchObject({ code: 'session_expired' })
  expect(await unbound.oauth.isAuthenticated()).toBe(false)
})

test('tokens that a server binds to no key are not taken', async () => {
  const here = await world()
  const store = textStore()
  const sdk = instance(here, store)
  const { url, transaction } = sdk.oauth.createAuthorizationUrl()
  const page = await here.browser.open(new URL(url).pathname + new URL(url).search)
  const end = page.leftFor === null ? await here.browser.allow(page) : page
  const answered = vi.mocked(globalThis.fetch).getMockImplementation() ?? fetch
  let issued = ''
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
    const answer = await answered(input, init)
    if (!String(input).endsWith('/oauth/token') || !answer.ok) return answer
    const body = await answer.json()
    issued = body.access_token
    return Response.json({ ...body, token_type: 'Bearer' })
  })
  const refused = await rejection(sdk.oauth.exchangeCode(end.leftFor ?? '', transaction))
  expect(refused).toMatchObject({ code: 'token_refused', reason: 'the tokens are bound to no key' })
  expect(issued).not.toBe('')
})

test('a command line keeps its key in memory, for as long as an hour and a refresh', async () => {
  const here = await world()
  const store = textStore(new Map(), false)
  const sdk = instance(here, store)
  await logIn(here, sdk, store)
  here.server.advance(2 * hour)
  expect((await sdk.oauth.getUser()).id).toBeTruthy()
})

async function newKey(): Promise<JsonWebKey> {
  const { subtle } = globalThis.crypto
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
  return subtle.exportKey('jwk', pair.privateKey)
}
