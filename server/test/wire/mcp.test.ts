import { type OAuthClientProvider, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js'
import { httpsServer, jsonHandler } from '@stagedoor/testkit/https-server'
import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { appAndBrowser, get, newVerifier, type Pair, post } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'

const server = await fileServer({ PRIVATE_NETWORKS: '127.0.0.1,::1' })
const home = await httpsServer()
const redirectUri = 'https://agent.example/cb'
const metadata = {
  client_id: `${home.url}/agent.json`,
  client_name: 'Tidy Agent',
  redirect_uris: [redirectUri],
  token_endpoint_auth_method: 'none',
}
home.on('/agent.json', jsonHandler(metadata))

/** An agent that knows the address of the tools alone, and the person who answers for it. */
function agent() {
  let known: OAuthClientInformationMixed | undefined
  let tokens: OAuthTokens | undefined
  let codeVerifier = ''
  let address = new URL(server.url)
  const provider: OAuthClientProvider = {
    redirectUrl: redirectUri,
    clientMetadataUrl: metadata.client_id,
    clientMetadata: metadata,
    clientInformation: () => known,
    saveClientInformation(information) {
      known = information
    },
    tokens: () => tokens,
    saveTokens(issued) {
      tokens = issued
    },
    codeVerifier: () => codeVerifier,
    saveCodeVerifier(verifier) {
      codeVerifier = verifier
    },
    state: () => newVerifier(),
    redirectToAuthorization(url) {
      address = url
    },
  }
  const transport = () =>
    new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { authProvider: provider })
  return { transport, address: () => address }
}

const call = async (client: Client, name: string, given: Record<string, unknown> = {}) => {
  const { isError = false, content } = await client.callTool({ name, arguments: given })
  const [first] = content as { text: string }[]
  return { isError, text: first?.text ?? '', value: isError ? undefined : JSON.parse(first?.text ?? '') }
}

test('the client of the MCP SDK, knowing the address alone, logs in, calls tools, and is refused once its access has ended', async () => {
  const { transport, address } = agent()
  const asking = transport()
  await expect(new Client({ name: 'tidy', version: '1' }).connect(asking)).rejects.toThrow(UnauthorizedError)
  const { pathname, search, searchParams } = address()
  expect(searchParams.get('client_id')).toBe(metadata.client_id)
  expect(searchParams.get('resource')).toBe(`${server.url}/mcp`)
  const browser = new Browser(server.url)
  const consent = await browser.signIn(await browser.open(pathname + search), nova)
  expect(wordsOf(consent)).toContain('Tidy Agent')
  const back = new URL((await browser.allow(consent)).leftFor ?? '')
  await asking.finishAuth(back.searchParams.get('code') ?? '')

  const client = new Client({ name: 'tidy', version: '1' })
  await client.connect(transport())
  const { tools } = await client.listTools()
  const hints = Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations]))
  expect(hints['getMe']).toMatchObject({ readOnlyHint: true, destructiveHint: false })
  expect(hints['createPlaylist']).toMatchObject({ readOnlyHint: false, destructiveHint: false })
  expect(hints['deletePlaylist']).toMatchObject({ readOnlyHint: false, destructiveHint: true })
  expect(tools.map(({ name }) => name)).not.toContain('createDeveloperApp')
  const me = await call(client, 'getMe')
  expect(me.value).toMatchObject({ handle: 'nova' })
  const made = await call(client, 'createPlaylist', { playlist_name: 'Made by an agent' })
  expect(made).toMatchObject({ isError: false })
  const id = made.value.data.playlist_id
  expect((await call(client, 'getPlaylist', { id })).text).toContain('Made by an agent')
  expect(await call(client, 'deletePlaylist', { id })).toMatchObject({ isError: false })
  expect(await call(client, 'getUser', {})).toMatchObject({ isError: true })
  expect(await call(client, 'createPlaylist', { playlist_name: 7 })).toMatchObject({
    isError: true,
    text: expect.stringContaining('playlist_name'),
  })
  expect(await call(client, 'updateUser', { id: 'zzzzz' })).toMatchObject({ isError: true })
  await expect(client.callTool({ name: 'everything' })).rejects.toThrow('There is no tool')

  const apps = await browser.open('/account/apps')
  expect(wordsOf(apps)).toContain('Tidy Agent')
  expect(wordsOf(await browser.open('/account/security'))).toContain('Tidy Agent')
  await browser.submit(formTo(apps, '/account/apps/end'))
  await expect(client.callTool({ name: 'getMe' })).rejects.toThrow('was revoked')
})

const message = (method: string, params: unknown = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
const accept = { accept: 'application/json, text/event-stream' }

const say = (token: string | null, text: string) =>
  post(`${server.url}/mcp`, text, 'application/json', {
    ...accept,
    ...(token !== null && { authorization: `Bearer ${token}` }),
  })

test('without a token the challenge leads to the metadata of this very resource (RFC 9728)', async () => {
  const { status, headers } = await say(null, message('tools/list'))
  expect(status).toBe(401)
  const address = `${server.url}/.well-known/oauth-protected-resource/mcp`
  expect(headers.get('www-authenticate')).toBe(`Bearer realm="stagedoor", resource_metadata="${address}"`)
  expect((await get(address)).body).toMatchObject({
    resource: `${server.url}/mcp`,
    authorization_servers: [server.url],
  })
})

test('a token that may only read is refused what writes, in one message or several (AG-1)', async () => {
  const { app, browser } = await appAndBrowser(server)
  const { access }: Pair = await app.pair(browser, { scope: 'read' })
  const write = message('tools/call', { name: 'createPlaylist', arguments: { playlist_name: 'No' } })
  for (const text of [write, `[${message('tools/list')},${write}]`]) {
    const { status, headers } = await say(access, text)
    expect(status).toBe(403)
    expect(headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="write"')
  }
  const read = await say(access, message('tools/call', { name: 'getMe', arguments: {} }))
  expect(read.body).toMatchObject({ result: { structuredContent: { handle: 'nova' } } })
})

test('an agent acts for nobody else, and never reaches the control plane (AG-2)', async () => {
  const { app, browser } = await appAndBrowser(server)
  const { access } = await app.pair(browser, { scope: 'write' })
  const users = await get(`${server.url}/v1/users/handle/jun`)
  const jun = (users.body['data'] as { id: string }).id
  const changed = await say(
    access,
    message('tools/call', { name: 'updateUser', arguments: { id: jun, name: 'X' } }),
  )
  expect(changed.body).toMatchObject({ result: { isError: true } })
  for (const name of ['createDeveloperApp', 'removeGrant', 'getAuthorizedApps'])
    expect((await say(access, message('tools/call', { name, arguments: {} }))).body).toMatchObject({
      error: {},
    })
})

test.each([
  ['no JSON', '{', 400],
  ['no message', '{}', 400],
  ['nothing', '', 400],
])('%s is answered with what is wrong (AG-3)', async (_, text, status) => {
  const { app, browser } = await appAndBrowser(server)
  const { access } = await app.pair(browser)
  const answer = await say(access, text)
  expect(answer.status).toBe(status)
  expect(answer.body).toMatchObject({ error: { message: expect.any(String) } })
})

test('switched off, there is no such address', async () => {
  const own = await ownServer({ AGENTS: 'false' })
  expect((await fetch(`${own.url}/mcp`, { method: 'POST' })).status).toBe(404)
  expect((await fetch(`${own.url}/.well-known/oauth-protected-resource/mcp`)).status).toBe(404)
  expect((await (await signedIn(own.url)).open('/')).status).toBe(200)
})
