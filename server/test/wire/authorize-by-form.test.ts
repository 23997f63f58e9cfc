import { fileServer } from '@stagedoor/testkit/server'
import { answerTo, appAndBrowser, newVerifier } from '@stagedoor/testkit/wire-app'
import { expect, test } from 'vitest'
import { rawRequest } from './socket.ts'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)

test('POST comes again by GET, as the other site’s form brings no cookie (OpenID Connect Core §3.1.2.1)', async () => {
  const cross = { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }
  const form = 'application/x-www-form-urlencoded'
  const asJson = (query: string) => JSON.stringify(Object.fromEntries(new URLSearchParams(query)))
  for (const [type, bodyOf] of [
    [form, (query: string) => query],
    [form, (query: string) => `\ufeff${query.replace('%23', '#')}`],
    ['application/json', asJson],
  ] as const) {
    const verifier = newVerifier()
    const [, query = ''] = app.authorizePath({ prompt: 'consent', state: 'ü & #' }, verifier).split('?')
    const answer = await fetch(`${server.url}/v1/oauth/authorize`, {
      method: 'POST',
      headers: { 'content-type': type, ...cross },
      body: bodyOf(query),
      redirect: 'manual',
    })
    expect([answer.status, await answer.text()]).toEqual([303, ''])
    const page = await browser.open(answer.headers.get('location') ?? '')
    const { code = '', state } = answerTo(await browser.allow(page), app.redirectUri)
    expect(state).toBe('ü & #')
    expect((await app.exchange({ code, verifier })).status).toBe(200)
  }
})

test('POST leads nowhere else, whatever is in it', async () => {
  const { status, head } = await rawRequest(
    server.url,
    'POST /v1/oauth/authorize',
    ['Content-Type: application/x-www-form-urlencoded'],
    'a\r\nSet-Cookie: b=c\r\n\r\n#//evil.example',
  )
  expect(status).toBe(303)
  expect(head).toContain(
    'location: /v1/oauth/authorize?a%0D%0ASet-Cookie:%20b=c%0D%0A%0D%0A%23//evil.example',
  )
  expect(head).not.toMatch(/^set-cookie/im)
})
