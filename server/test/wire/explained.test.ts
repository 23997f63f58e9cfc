import { createHash } from 'node:crypto'
import { day, fileServer, ownServer } from '@stagedoor/testkit/server'
import { Browser, jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { lifetimes } from '../../src/limits.ts'
import { developed } from './developer.ts'

const server = await fileServer()

describe('two requests of an app’s log', () => {
  const comparedOn = (text: string): readonly string[] =>
    Array.from(text.matchAll(/href="(\/developers\/\w+\/log\/compare\?one=\d+)"/g), ([, path]) => path ?? '')

  test('are shown side by side, the one that failed beside the newest that went well', async () => {
    const own = await developed(server, nova)
    const person = await signedIn(server.url, jun)
    await own.app.logIn(person)
    await own.app.begin(person, { code_challenge: 'tooshort', state: 'a-state-of-the-app' })
    const [refused = ''] = comparedOn((await own.browser.open(`/developers/${own.apiKey}/log`)).text)
    const page = await own.browser.open(refused)
    const words = wordsOf(page)
    expect(words).toContain('Authorization: two requests side by side')
    expect(words).toMatch(/Outcome differs Refused Done/)
    expect(words).toMatch(/code_challenge differs 8 characters 43 characters/)
    expect(words).toMatch(/scope read read/)
    expect(page.text).not.toMatch(/a-state-of-the-app|tooshort/)
  })

  test('are those of one’s own app alone, and of its log', async () => {
    const own = await developed(server, nova)
    const other = await developed(server, jun)
    for (const { app, browser } of [own, other]) await app.logIn(browser)
    const [path = ''] = comparedOn((await own.browser.open(`/developers/${own.apiKey}/log`)).text)
    expect((await other.browser.open(path)).status).toBe(404)
    expect((await other.browser.open(path.replace(own.apiKey, other.apiKey))).status).toBe(404)
    expect((await own.browser.open(`${path}&other=1e3`)).status).toBe(404)
    expect((await own.browser.open(path)).status).toBe(200)
  })
})

describe('one request of an app’s log, explained', () => {
  const explainedOn = (text: string): string =>
    /href="(\/developers\/requests\?id=[\w-]+)"/.exec(text)?.[1] ?? ''

  test('is read by whoever has its address, without an account, and holds nothing secret', async () => {
    const own = await developed(server, nova)
    const person = await signedIn(server.url, jun)
    const state = 'a-state-of-the-app'
    await own.app.begin(person, { code_challenge: 'tooshort', state, login_hint: 'jun', scope: 'write' })
    const log = await own.browser.open(`/developers/${own.apiKey}/log`)
    const stranger = new Browser(server.url)
    const page = await stranger.open(explainedOn(log.text))
    expect(page.status).toBe(200)
    const words = wordsOf(page)
    expect(words).toContain('Authorization: refused')
    expect(words).toContain('code_challenge')
    expect(words).toContain('What to do')
    expect(words).toContain('GET /v1/oauth/authorize')
    expect(words).toContain(`state ${state.length} characters`)
    expect(words).toContain('scope write')
    expect(page.text).not.toMatch(/a-state-of-the-app|tooshort|>jun<|=jun|127\.0\.0/)
    const replay = /href="(\/v1\/oauth\/authorize[^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const again = await stranger.open(replay)
    expect(String(again.leftFor)).toContain('error=invalid_request')
    expect(new URLSearchParams(replay.split('?')[1]).get('login_hint')).toBeNull()
  })

  test('begins the same login anew where that went well, and has no token of an exchange that did not', async () => {
    const own = await developed(server, nova)
    const person = await signedIn(server.url, jun)
    const login = await own.app.logIn(person)
    const code_verifier = 'verifier-of-another-login-that-never-was-begun'
    await own.app.exchange(login, { code_verifier })
    const { text } = await own.browser.open(`/developers/${own.apiKey}/log`)
    const addresses = Array.from(
      text.matchAll(/href="(\/developers\/requests[^"]+)"/g),
      ([, address]) => address ?? '',
    )
    const [exchange, , authorization] = await Promise.all(
      addresses.map((address) => own.browser.open(address)),
    )
    expect(wordsOf(exchange ?? expect.unreachable())).toContain(
      `code_verifier ${code_verifier.length} characters`,
    )
    expect(exchange?.text).not.toMatch(/verifier-of-another|sdac_|oauth\/authorize/)
    const replay = /href="(\/v1\/oauth\/authorize[^"]*)"/.exec(authorization?.text ?? '')?.[1] ?? ''
    const again = await person.open(replay.replaceAll('&amp;', '&'))
    expect(String(again.leftFor)).toContain('code=')
    expect(String(again.leftFor)).not.toContain(login.code)
  })

  test('says what was pushed, and asks for it anew once that has ended', async () => {
    const own = await ownServer()
    own.stopClock()
    const { app, apiKey, browser } = await developed(own, nova)
    const challenge = createHash('sha256').update('v'.repeat(43)).digest('base64url')
    const push = (more: Record<string, string>) =>
      fetch(`${own.url}/v1/oauth/par`, {
        method: 'POST',
        body: new URLSearchParams({
          ...{ response_type: 'code', client_id: apiKey, redirect_uri: app.redirectUri, scope: 'write' },
          ...{ code_challenge: challenge, code_challenge_method: 'S256', state: 'a-pushed-state', ...more },
        }),
      })
    const newest = async () => {
      const log = await browser.open(`/developers/${apiKey}/log`)
      const page = await new Browser(own.url).open(explainedOn(log.text))
      const replay =
        /href="(\/v1\/oauth\/authorize[^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
      return { page, words: wordsOf(page), replay }
    }
    const pushed: { request_uri: string } = await (await push({})).json()
    own.advance(lifetimes.pushedRequest)
    const person = await signedIn(own.url, jun)
    const late = new URLSearchParams({ client_id: apiKey, request_uri: pushed.request_uri })
    await person.open(`/v1/oauth/authorize?${late}`)
    const ended = await newest()
    expect(ended.words).toContain('Authorization: refused')
    expect(ended.words).toContain('scope write')
    expect(ended.words).toContain(`request_uri ${pushed.request_uri.length} characters`)
    expect(ended.page.text).not.toMatch(/a-pushed-state|urn:ietf/)
    expect(ended.replay).not.toContain('request_uri')
    const again = await person.open(ended.replay)
    expect(again.status).toBe(200)
    expect(wordsOf(again)).toContain('Allow')

    await push({ code_challenge: 'tooshort' })
    const refused = await newest()
    expect(refused.words).toContain('POST /v1/oauth/par')
    expect(refused.words).toContain('code_challenge 8 characters')
    expect(String((await person.open(refused.replay)).leftFor)).toContain('error=invalid_request')
  })

  test('is not there for an address that was changed, nor once its app or its time is over', async () => {
    const own = await ownServer()
    own.stopClock()
    const { app, apiKey, browser } = await developed(own, nova)
    await app.begin(new Browser(own.url), { prompt: 'none' })
    const address = explainedOn((await browser.open(`/developers/${apiKey}/log`)).text)
    const stranger = new Browser(own.url)
    for (const wrong of ['', '?id=', '?id=AAAA', `${address.slice(20, -6)}AAAAAA`])
      expect((await stranger.open(`/developers/requests${wrong}`)).status).toBe(404)
    own.advance(7 * day - 1000)
    expect((await stranger.open(address)).status).toBe(200)
    own.advance(2000)
    const ended = await stranger.open(address)
    expect(ended.status).toBe(404)
    expect(wordsOf(ended)).toContain('Nothing is explained here')
  })
})
