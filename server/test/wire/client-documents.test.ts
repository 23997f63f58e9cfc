import { jsonHandler } from '@stagedoor/testkit/https-server'
import { fileServer, hour, minute, ownServer } from '@stagedoor/testkit/server'
import { answerTo, type Changes, expectOAuthError, get, pairOf, post } from '@stagedoor/testkit/wire-app'
import { type Browser, formTo, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { Agent, documentAt, documents, redirectUri } from './documented.ts'

const settings = { PRIVATE_NETWORKS: '127.0.0.1,::1', RESOURCE_SERVERS: `other:${'s'.repeat(32)}` }
const server = await fileServer(settings)
const { home, address } = await documents()
const visitor = await signedIn(server.url)

const refused = async (clientId: string, changes: Changes = {}, browser: Browser = visitor) => {
  const shown = await new Agent(server.url, clientId).begin(browser, changes)
  expect({ status: shown.status, leftFor: shown.leftFor }).toEqual({ status: 400, leftFor: null })
  return wordsOf(shown)
}

test('a client that nobody registered logs in by the address of its document, and the person is told who it is', async () => {
  const agent = new Agent(server.url, address())
  const browser = await signedIn(server.url)
  const page = await agent.begin(browser)
  const host = new URL(home.url).host
  expect(wordsOf(page)).toContain(
    `This app belongs to ${host} : that is proven. Nobody at Audius has reviewed it`,
  )
  expect(wordsOf(page)).toContain('“ Tidy Agent ”')
  const login = await agent.logIn(browser, { scope: 'openid write' })
  const answer = await agent.exchange(login)
  const { access, refresh } = pairOf(answer)
  expect(decodeJwt(String(answer.body['id_token'])).aud).toBe(agent.apiKey)
  expect(await agent.me(access)).toBe(200)
  const next = pairOf(await agent.refresh(refresh))
  const asked = await post(
    `${server.url}/v1/oauth/introspect`,
    `token=${next.access}`,
    'application/x-www-form-urlencoded',
    { authorization: `Basic ${btoa(`other:${'s'.repeat(32)}`)}` },
  )
  expect(asked.body).toMatchObject({ active: true, client_id: agent.apiKey })
  const apps = await browser.open('/account/apps')
  expect(wordsOf(apps)).toContain(`It belongs to ${host} , and nobody here has reviewed it`)
  expect(wordsOf(await browser.open('/account/security'))).toContain('Tidy Agent')
  await browser.submit(formTo(apps, '/account/apps/end'))
  expect(await agent.me(next.access)).toBe(401)
  expectOAuthError(await agent.refresh(next.refresh), 400, 'invalid_grant')
})

test('what a document says of its client is shown where it can be opened, and left out where it cannot', async () => {
  const at = address({
    client_uri: 'https://agent.example/',
    tos_uri: 'javascript:alert(1)',
    policy_uri: 7,
    contacts: ['nobody', 'help@agent.example'],
  })
  const browser = await signedIn(server.url)
  const links =
    '<a href="https://agent.example/" target="_blank" rel="noreferrer">website</a> · ' +
    '<a href="mailto:help@agent.example" target="_blank" rel="noreferrer">contact</a></p>'
  const agent = new Agent(server.url, at)
  const page = await agent.begin(browser)
  expect(page.text).toContain(`’s ${links}`)
  expect(page.text).not.toContain('javascript:')
  await agent.logIn(browser)
  expect((await browser.open('/account/apps')).text).toContain(links)
})

test('the metadata says that documents are read', async () => {
  const { body } = await get(`${server.url}/.well-known/oauth-authorization-server`)
  expect(body['client_id_metadata_document_supported']).toBe(true)
})

test('its loopback redirect URI is taken with any port, and asked about each time', async () => {
  const agent = new Agent(server.url, address(), 'http://127.0.0.1:49152/callback')
  const browser = await signedIn(server.url)
  await agent.logIn(browser)
  const again = await agent.begin(browser, { state: 'another' })
  expect(again.leftFor).toBeNull()
  expect(wordsOf(again)).toContain('on this device')
})

test('strangers store nothing, and whoever cancels gives it nothing', async () => {
  const agent = new Agent(server.url, address())
  const browser = await signedIn(server.url)
  await agent.begin(browser)
  const cancelled = await browser.cancel(await agent.begin(browser))
  expect(answerTo(cancelled, redirectUri)).toMatchObject({ error: 'access_denied' })
  const apps = wordsOf(await (await signedIn(server.url)).open('/account/apps'))
  expect(apps).not.toContain(redirectUri)
})

test.each([
  ['a document of another address', { client_id: 'https://localhost/other.json' }, 'client_id'],
  ['one without redirect URIs', { redirect_uris: [] }, 'redirect_uris'],
  ['redirect URIs that are text', { redirect_uris: redirectUri }, 'redirect_uris'],
  ['a redirect URI of a script', { redirect_uris: [redirectUri, 'javascript:alert(1)'] }, 'redirect_uris'],
  ['a secret', { client_secret: 'hush' }, 'client_secret'],
  [
    'a client that has a secret',
    { token_endpoint_auth_method: 'client_secret_post' },
    'token_endpoint_auth_method',
  ],
  ['a client that asks for no code', { grant_types: ['implicit'] }, 'grant_types'],
  ['a name that is a number', { client_name: 7 }, 'client_name'],
  ['a binding that is a word', { dpop_bound_access_tokens: 'true' }, 'dpop_bound_access_tokens'],
  ['requests that must be signed', { require_signed_request_object: true }, 'require_signed_request_object'],
  [
    'tokens bound to certificates',
    { tls_client_certificate_bound_access_tokens: true },
    'tls_client_certificate_bound_access_tokens',
  ],
  ['pairwise subjects', { subject_type: 'pairwise' }, 'subject_type'],
  ['encrypted ID tokens', { id_token_encrypted_response_alg: 'RSA-OAEP' }, 'id_token_encrypted_response_alg'],
  ['signed userinfo', { userinfo_signed_response_alg: 'ES256' }, 'userinfo_signed_response_alg'],
  ['a name that turns the text around', { client_name: 'Nice \u202e ppa' }, 'client_name'],
  ['the name of this service', { client_name: 'Audius Login' }, 'client_name'],
])('%s is refused, and the page says which member (CM-1)', async (_, changes, member) => {
  expect(await refused(address(changes))).toContain(`whose ${member} cannot be taken`)
})

test.each([
  ['a redirect', 'status 302', { 'content-type': 'application/json', location: '/agents/1.json' }, 302, '{}'],
  ['an error', 'status 500', {}, 500, ''],
  ['a page', 'not sent as application/json', { 'content-type': 'text/html' }, 200, '{}'],
  ['no type', 'not sent as application/json', {}, 200, '{}'],
  [
    'a type that only begins alike',
    'not sent as application/json',
    { 'content-type': 'application/jsonp' },
    200,
    '{}',
  ],
  [
    'compressed bytes',
    'in plain',
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    200,
    '{}',
  ],
  ['no JSON', 'not one object', { 'content-type': 'application/json' }, 200, '{'],
  ['a list', 'not one object', { 'content-type': 'application/json' }, 200, '[]'],
  [
    'more than is read',
    'longer than',
    { 'content-type': 'application/json' },
    200,
    `"${'x'.repeat(20_000)}"`,
  ],
])('a server that answers with %s introduces nobody (CM-2)', async (_, words, headers, status, body) => {
  const at = home.on(`/bad/${words}${body.length}`.replaceAll(' ', '-'), (_request, response) => {
    response.writeHead(status, headers).end(body)
  })
  expect(await refused(at)).toContain(words)
})

test.each([
  ...['https://localhost', 'https://localhost/', 'http://localhost/agent.json', 'https://localhost/a#b'],
  ...[
    'https://a:b@localhost/agent.json',
    'https://localhost/x/../agent.json',
    'https://LOCALHOST/agent.json',
  ],
  ...['https://localhost:443/agent.json', 'https://127.1/agent.json', 'https://localhost/%2e%2e/agent.json'],
])('%s is the address of no document, and nothing is asked for (CM-3)', async (clientId) => {
  const before = home.asked.length
  await refused(clientId)
  expect(home.asked.length).toBe(before)
})

test('a redirect URI that the document does not name is refused (CM-4)', async () => {
  expect(await refused(address(), { redirect_uri: 'https://evil.example/cb' })).toContain(
    'its own document does not name',
  )
})

test('what stands for a document in the store is no client_id (CM-4)', async () => {
  const agent = new Agent(server.url, address())
  const browser = await signedIn(server.url)
  await agent.logIn(browser)
  const apps = await browser.open('/account/apps')
  const key = /name="api_key" value="(\w+)"/.exec(apps.text)?.[1] ?? ''
  expect(key).toMatch(/^[\da-f]{40}$/)
  for (const name of ['api_key', 'client_id'])
    expect(await refused(agent.apiKey ?? '', { client_id: null, [name]: key }, browser)).toContain(
      'not known here',
    )
})

test('without a setting no document on a private network is read (CM-5, IN-2)', async () => {
  const own = await ownServer({ PRIVATE_NETWORKS: 'none' })
  const shown = await new Agent(own.url, address()).begin(await signedIn(own.url))
  expect(wordsOf(shown)).toContain('a host that is not on the public internet')
})

test('a document is read once for as long as it says, within bounds, and a bad one never kept (CM-6)', async () => {
  const own = await ownServer(settings)
  own.stopClock()
  const browser = await signedIn(own.url)
  const reads = async (at: string) => {
    await new Agent(own.url, at).begin(browser)
    return home.asked.filter((path) => path === new URL(at).pathname).length
  }
  const short = address({}, { 'cache-control': 'max-age=0' })
  expect([await reads(short), await reads(short)]).toEqual([1, 1])
  own.advance(minute)
  expect(await reads(short)).toBe(2)
  const long = address({}, { 'cache-control': 'public, max-age=999999999' })
  expect(await reads(long)).toBe(1)
  own.advance(23 * hour)
  expect(await reads(long)).toBe(1)
  own.advance(hour)
  expect(await reads(long)).toBe(2)
  const bad = address({ client_id: 'another' })
  expect([await reads(bad), await reads(bad)]).toEqual([1, 2])
})

test('a client that calls itself something else is asked about again', async () => {
  const own = await ownServer(settings)
  const at = address({}, { 'cache-control': 'no-store' })
  const agent = new Agent(own.url, at)
  const browser = await signedIn(own.url, nova)
  await agent.logIn(browser)
  expect((await agent.begin(browser, { state: 'again' })).leftFor).not.toBeNull()
  home.on(new URL(at).pathname, jsonHandler(documentAt(at, { client_name: 'Other Agent' })))
  own.advance(minute)
  const page = await agent.begin(browser, { state: 'once more' })
  expect(wordsOf(page)).toContain('Its name was Tidy Agent when you allowed it before')
})

test('switched off, an address is no client', async () => {
  const own = await ownServer({ ...settings, CLIENT_DOCUMENTS: 'false' })
  const shown = await new Agent(own.url, address()).begin(await signedIn(own.url))
  expect(wordsOf(shown)).toContain('takes apps alone that are registered')
  const { body } = await get(`${own.url}/.well-known/oauth-authorization-server`)
  expect(body['client_id_metadata_document_supported']).toBe(false)
})
