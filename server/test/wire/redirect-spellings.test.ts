import { fileServer } from '@stagedoor/testkit/server'
import { App, appAndBrowser, challengeOf, encoded, newVerifier, post } from '@stagedoor/testkit/wire-app'
import { formTo, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { Agent, documents, redirectUri } from './documented.ts'
import { managementToken } from './manager.ts'
import { newName } from './registered.ts'

const server = await fileServer({ PRIVATE_NETWORKS: '127.0.0.1,::1' })
const { address } = await documents()
const web = 'https://app.example/cb'
const loopback = 'http://127.0.0.1/cb'
const { app, browser } = await appAndBrowser(server)
const desktop = new App(server.url, { apiKey: await server.register('Desktop', loopback) }, loopback)
const token = await managementToken(browser)

/** Texts that some reader of URLs takes for a registered one, or for another host than it names. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  'the case of scheme and host': [
    'HTTPS://app.example/cb',
    'https://APP.example/cb',
    'https://app.EXAMPLE/cb',
  ],
  'a trailing dot': ['https://app.example./cb', 'http://127.0.0.1./cb', 'http://localhost./cb'],
  'a default port': ['https://app.example:443/cb', 'http://127.0.0.1:80/cb', 'https://app.example:/cb'],
  'a port that is none': ['http://127.0.0.1:0/cb', 'http://127.0.0.1:99999/cb', 'http://127.0.0.1:080/cb'],
  percents: [
    'https://app.example/%63b',
    'https://app.example/cb%00',
    'https://app%2eexample/cb',
    'https://app.example%2fcb',
    'https://app.example/a/%2e%2e/cb',
    'https://app.example/a%5c..%5ccb',
    'https%3a%2f%2fapp.example%2fcb',
  ],
  userinfo: [
    'https://app.example@evil.example/cb',
    'https://evil.example@app.example/cb',
    'https://@app.example/cb',
    'https://app.example:443@evil.example/cb',
    'http://127.0.0.1:1@evil.example/cb',
  ],
  'forms of IPv6': [
    'http://[0:0:0:0:0:0:0:1]/cb',
    'http://[::0001]/cb',
    'http://[::ffff:127.0.0.1]/cb',
    'http://[::ffff:7f00:1]/cb',
    'http://[::1%25lo]/cb',
    'http://[::]/cb',
    'https://[2001:db8::1]/cb',
  ],
  'numbers that are loopback': [
    'http://2130706433/cb',
    'http://0x7f.1/cb',
    'http://127.1/cb',
    'http://0177.0.0.1/cb',
    'http://127.0.0.2/cb',
    'http://0.0.0.0/cb',
    'http://１２７.0.0.1/cb',
  ],
  'names that look like loopback': [
    'http://127.0.0.1.evil.example/cb',
    'http://localhost.evil.example/cb',
    'http://localtest.me/cb',
    'http://LOCALHOST/cb',
    'http://ip6-localhost/cb',
    'http://local-host/cb',
  ],
  backslashes: [
    'https:\\\\app.example\\cb',
    'https://app.example\\cb',
    'https://app.example\\@evil.example/cb',
    'https:/\\app.example/cb',
    '\\\\app.example/cb',
  ],
  'tabs, lines and spaces': [
    '\thttps://app.example/cb',
    'https://app.example/cb\t',
    'https://app.\texample/cb',
    'ht\ttps://app.example/cb',
    'https://app.example/cb\r',
    'https://app.example/c b',
    'https://app.example/cb\u00a0',
    'https://app.example/\u200bcb',
  ],
  'hosts in other scripts': [
    'https://аpp.example/cb',
    'https://app。example/cb',
    'https://app.examp\u2113e/cb',
    'https://ａpp.example/cb',
    'https://app.example／cb',
    'https://app\u00ad.example/cb',
  ],
  'slashes and dots': [
    'https:app.example/cb',
    'https:/app.example/cb',
    'https:///app.example/cb',
    '//app.example/cb',
    'https://app.example//cb',
    'https://app.example/./cb',
    'https://app.example/x/../cb',
    'https://app.example/cb/.',
  ],
  'what is after the path': [
    'https://app.example/cb#',
    'https://app.example/cb#x',
    'https://app.example/cb;x',
  ],
}
const every = Object.entries(spellings).flatMap(([kind, uris]) => uris.map((uri) => [kind, uri] as const))

/** What is another address than those registered, and a right one to register. */
const registrable = new Set([
  'https://app.example/%63b',
  'https://app.example//cb',
  'https://app.example/cb;x',
])

const challenge = challengeOf(newVerifier())

describe.each(every)('%s: %j', (_, uri) => {
  test('is registered neither by a form nor by a program', async () => {
    const name = newName()
    const form = formTo(await browser.open('/developers'), '/developers')
    const shown = await browser.submit(form, { name, redirect_uris: uri, development_uris: '' })
    if (registrable.has(uri)) expect(shown.status).toBe(200)
    // The form has a line for each, and takes spaces around a line for nobody's.
    else if (shown.status === 200) expect(uri.trim()).toBe(web)
    else expect([400, 422]).toContain(shown.status)
    const answer = await post(
      `${server.url}/v1/developer-apps`,
      JSON.stringify({ name: newName(), redirect_uris: [uri] }),
      'application/json',
      { authorization: `Bearer ${token}` },
    )
    expect(answer.status).toBe(registrable.has(uri) ? 200 : 400)
  })

  test('begins no login, pushed or not', async () => {
    // Whichever port a loopback address has, it is the one that is registered without (RFC 8252 §7.3).
    for (const client of uri === 'http://127.0.0.1:80/cb' ? [app] : [app, desktop]) {
      const shown = await client.begin(browser, { redirect_uri: uri })
      expect(shown).toMatchObject({ status: 400, leftFor: null })
      const pushed = await post(
        `${server.url}/v1/oauth/par`,
        encoded({
          ...{ response_type: 'code', client_id: client.apiKey, redirect_uri: uri, scope: 'read' },
          ...{ code_challenge: challenge, code_challenge_method: 'S256' },
        }),
        'application/x-www-form-urlencoded',
      )
      expect(pushed.status).toBe(400)
      expect(pushed.body['request_uri']).toBeUndefined()
    }
  })

  test('exchanges no code, which stays good for the right one', async () => {
    const login = await app.logIn(browser, { scope: 'write' })
    const refused = await app.exchange(login, { redirect_uri: uri })
    expect([refused.status, refused.body['access_token']]).toEqual([400, undefined])
    expect((await app.exchange(login)).status).toBe(200)
  })

  test('is no redirect URI of a client’s document, nor stands for one of it', async () => {
    const described = new Agent(server.url, address({ redirect_uris: [web] }), web)
    expect(await described.begin(browser, { redirect_uri: uri })).toMatchObject({
      status: 400,
      leftFor: null,
    })
    const named = new Agent(server.url, address({ redirect_uris: [redirectUri, uri] }), redirectUri)
    const shown = await named.begin(browser)
    expect([shown.status, shown.leftFor]).toEqual([registrable.has(uri) ? 200 : 400, null])
  })
})

test('the right spellings pass every one of these', async () => {
  const signed = await signedIn(server.url)
  expect((await app.begin(signed)).leftFor ?? '').toContain(`${web}#code=`)
  expect((await desktop.begin(signed, { redirect_uri: 'http://127.0.0.1:54321/cb' })).status).toBe(200)
  const described = new Agent(server.url, address({ redirect_uris: [web, loopback] }), web)
  expect((await described.begin(signed)).status).toBe(200)
})
