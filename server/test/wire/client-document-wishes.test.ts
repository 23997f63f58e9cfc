import { jsonHandler } from '@stagedoor/testkit/https-server'
import { KeyHolder } from '@stagedoor/testkit/key-holder'
import { fileServer, minute, ownServer } from '@stagedoor/testkit/server'
import { answerTo, expectOAuthError, newVerifier, pairOf, post } from '@stagedoor/testkit/wire-app'
import { decoded, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { Agent, documentAt, documents, redirectUri } from './documented.ts'
import { exchange } from './proven.ts'

const settings = { PRIVATE_NETWORKS: '127.0.0.1,::1' }
const server = await fileServer(settings)
const { home, address } = await documents()

test('a document that wants its tokens bound to a key is given no others (DP-8)', async () => {
  const at = address(
    { dpop_bound_access_tokens: true, subject_type: 'public' },
    { 'cache-control': 'no-store' },
  )
  const agent = new Agent(server.url, at)
  const browser = await signedIn(server.url)
  const holder = await KeyHolder.make()
  const login = await agent.logIn(browser)
  expectOAuthError(await agent.exchange(login), 400, 'invalid_dpop_proof')
  const answer = await exchange(agent, holder, login)
  expect(answer.body).toMatchObject({ token_type: 'DPoP' })
  expectOAuthError(await agent.refresh(pairOf(answer).refresh), 400, 'invalid_dpop_proof')
})

test('a login from before its document wanted a key ends when it is refreshed', async () => {
  const own = await ownServer(settings)
  const at = address({}, { 'cache-control': 'no-store' })
  const agent = new Agent(own.url, at)
  const browser = await signedIn(own.url)
  const before = await agent.pair(browser)
  home.on(new URL(at).pathname, jsonHandler(documentAt(at, { dpop_bound_access_tokens: true })))
  own.advance(minute)
  await agent.logIn(browser, { state: 'another' })
  expectOAuthError(await agent.refresh(before.refresh), 400, 'invalid_dpop_proof')
})

test('a document that wants requests to be pushed has none taken from a browser alone', async () => {
  const agent = new Agent(server.url, address({ require_pushed_authorization_requests: true }))
  const browser = await signedIn(server.url)
  const refused = await agent.begin(browser)
  expect(answerTo(refused, redirectUri)).toMatchObject({ error: 'invalid_request' })
  const request = new URL(agent.authorizePath({}, newVerifier()), server.url).searchParams
  const form = 'application/x-www-form-urlencoded'
  const pushed = await post(`${server.url}/v1/oauth/par`, String(request), form)
  const query = new URLSearchParams({
    client_id: agent.apiKey ?? '',
    request_uri: String(pushed.body['request_uri']),
  })
  const page = await browser.open(`/v1/oauth/authorize?${query}`)
  expect(wordsOf(page)).toContain('Tidy Agent')
  const elsewhere = await signedIn(server.url)
  const ended = await elsewhere.open(page.url)
  const again = /href="(\/v1\/oauth\/authorize[^"]+)"/.exec(ended.text)?.[1] ?? ''
  const end = await elsewhere.allow(await elsewhere.open(decoded(again)))
  expect(answerTo(end, redirectUri)).toMatchObject({ code: expect.any(String), state: request.get('state') })
  const forged = await elsewhere.open(`${decoded(again)}A`)
  expect(forged.text).not.toContain('Tidy Agent')
})
