import { newcomer } from '@stagedoor/testkit/newcomer'
import { day, hour, minute, ownServer, type TestServer } from '@stagedoor/testkit/server'
import { type Browser, formTo, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { mint } from '../../src/crypto/secret.ts'
import { mailTo, withOutbox } from './mail.ts'
import { managementToken, tokenOn } from './manager.ts'

const tokensOf = (browser: Browser) => browser.open('/developers/tokens')
const statusOf = async (server: TestServer, token: string): Promise<number> => {
  const answer = await fetch(`${server.url}/v1/developer-apps`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  })
  await answer.arrayBuffer()
  return answer.status
}
// The body of these calls is not an app: a token that works is told so, one that does not is refused before.
const works = 400
const isRefused = 401

describe('making a management token', () => {
  test('shows it once, lists it by its name, and tells its owner by mail', async () => {
    const server = await ownServer({}, withOutbox)
    const { browser, email, person } = await newcomer(server)
    const form = formTo(await tokensOf(browser), '/developers/tokens')
    const shown = await browser.submit(form, { name: 'Nightly <deploy>', days: '30' })
    const token = tokenOn(shown)
    expect(token).not.toBeNull()
    expect(wordsOf(shown)).toContain('Nightly <deploy> is made')
    expect(shown.headers.get('cache-control')).toBe('no-store')
    const page = await tokensOf(browser)
    expect(page.text).not.toContain('sdmt_')
    expect(wordsOf(page)).toMatch(/Nightly <deploy> Made today , works until .* Not used yet/)
    expect(await statusOf(server, String(token))).toBe(works)
    const [mail] = await mailTo(email, server)
    expect(mail?.subject).toMatch(/^New management token/)
    expect(mail?.text).toContain(`@${person.handle}`)
    expect(mail?.link).toBe('/developers/tokens')
  })

  test('shows the same token when its form is sent twice, and announces it once', async () => {
    const server = await ownServer({}, withOutbox)
    const { browser, email } = await newcomer(server)
    const form = formTo(await tokensOf(browser), '/developers/tokens')
    const fields = { ...form.fields, name: 'Twice' }
    const [one, two] = await Promise.all([1, 2].map(() => browser.post(form.action, fields)))
    expect([one?.status, two?.status]).toEqual([303, 303])
    expect(two?.headers.get('location')).toBe(one?.headers.get('location'))
    const first = tokenOn(await browser.open(one?.headers.get('location') ?? ''))
    expect(first).toMatch(/^sdmt_/)
    expect(tokenOn(await browser.submit(form, { name: 'Twice' }))).toBe(first)
    expect(await mailTo(email, server)).toHaveLength(1)
    const revoking = formTo(await tokensOf(browser), '/developers/tokens/revoke')
    await browser.submit(revoking)
    const again = await browser.submit(form, { name: 'Twice' })
    expect(again.status).toBe(422)
    expect(tokenOn(again)).toBeNull()
  })

  test('shows it in no address, to this session alone, once, and for a minute', async () => {
    const server = await ownServer()
    const browser = await signedIn(server.url)
    const form = formTo(await tokensOf(browser), '/developers/tokens')
    const create = () => browser.post(form.action, { ...form.fields, name: 'One' })
    const led = await create()
    const location = led.headers.get('location') ?? ''
    expect([led.status, location]).toEqual([
      303,
      expect.stringMatching(/^\/developers\/tokens\?shown=\w{16}$/),
    ])
    const cookies = led.headers.getSetCookie().join()
    expect(cookies).toMatch(/-once-\d+-\w{16}=[\w-]+;.*HttpOnly/i)
    expect(cookies + led.text).not.toContain('sdmt_')
    const other = await signedIn(server.url)
    for (const [name, value] of browser.cookies) if (name.includes('-once-')) other.cookies.set(name, value)
    expect(tokenOn(await other.open(location)), 'in another session').toBeNull()
    expect(tokenOn(await browser.open(location))).toMatch(/^sdmt_/)
    const again = await browser.open(location)
    expect(tokenOn(again)).toBeNull()
    expect(wordsOf(again)).toContain('This token was already shown')
    await create()
    server.advance(minute + 1)
    expect(tokenOn(await browser.open(location)), 'late').toBeNull()
  })

  test('asks for a name and one of the lives, none longer than a year', async () => {
    const server = await ownServer()
    const browser = await signedIn(server.url)
    const refused = [
      { name: '' },
      { name: 'x'.repeat(65) },
      { name: 'a\u202eb' },
      { days: '366' },
      { days: '0' },
      { days: '-1' },
      { days: '1e9' },
      { days: 'NaN' },
      { days: '' },
      { nonce: '' },
    ]
    for (const fields of refused) {
      const form = formTo(await tokensOf(browser), '/developers/tokens')
      const shown = await browser.submit(form, { name: 'A token', ...fields })
      expect(shown.status, JSON.stringify(fields)).toBe(422)
      expect(tokenOn(shown)).toBeNull()
    }
    const user = await server.store.findUserByHandle(nova.handle)
    expect(await server.store.listManagementTokens(user?.id ?? 0, Date.now())).toEqual([])
  })

  test('is refused beyond twenty, and possible again once one is revoked', async () => {
    const server = await ownServer()
    const browser = await signedIn(server.url)
    const forms = await Promise.all(Array.from({ length: 25 }, () => tokensOf(browser)))
    const made = await Promise.all(
      forms.map((page) => browser.submit(formTo(page, '/developers/tokens'), { name: 'One of many' })),
    )
    // Each is shown, though all were made at once.
    expect(made.filter((shown) => tokenOn(shown) !== null)).toHaveLength(20)
    expect(made.find((shown) => tokenOn(shown) === null)?.text).toContain('that is the most')
    await browser.submit(formTo(await tokensOf(browser), '/developers/tokens/revoke'))
    expect(await statusOf(server, await managementToken(browser))).toBe(works)
  })

  test('cannot be done with a management token, nor by another site', async () => {
    const server = await ownServer()
    const browser = await signedIn(server.url)
    const token = await managementToken(browser)
    const bearer = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${server.url}/developers/tokens`, { headers: bearer, redirect: 'manual' })
    expect(answer.headers.get('location')).toMatch(/^\/sign-in/)
    await answer.body?.cancel()
    const form = formTo(await tokensOf(browser), '/developers/tokens')
    const forged = await browser.post(form.action, form.fields, { origin: 'https://evil.example' })
    expect(forged.status).toBe(403)
  })
})

describe('a management token', () => {
  test('is among what its owner takes along, without what it opens', async () => {
    const server = await ownServer()
    const browser = await signedIn(server.url)
    await managementToken(browser, { name: 'In the export' })
    const { text } = await browser.request('/account/data/export', { headers: {} })
    expect(JSON.parse(text).management_tokens).toMatchObject([{ name: 'In the export', used_at: null }])
    expect(text).not.toMatch(/sdmt_|digest/)
  })

  test('ends when it said it would', async () => {
    const server = await ownServer()
    const token = await managementToken(await signedIn(server.url), { days: '7' })
    server.advance(7 * day - minute)
    expect(await statusOf(server, token)).toBe(works)
    server.advance(2 * minute)
    expect(await statusOf(server, token)).toBe(isRefused)
  })

  test('ends at once when it is revoked, by its owner alone', async () => {
    const server = await ownServer()
    const browser = await signedIn(server.url)
    const token = await managementToken(browser)
    const form = formTo(await tokensOf(browser), '/developers/tokens/revoke')
    const { browser: stranger } = await newcomer(server)
    const own = formTo(await stranger.open('/developers/tokens'), '/developers/tokens')
    await stranger.post(form.action, { ...form.fields, csrf: String(own.fields['csrf']) })
    expect(await statusOf(server, token)).toBe(works)
    expect(wordsOf(await browser.submit(form))).toContain('The token is revoked')
    expect(await statusOf(server, token)).toBe(isRefused)
  })

  test('shows the hour of its last use, and no more', async () => {
    const server = await ownServer()
    const browser = await signedIn(server.url)
    const token = await managementToken(browser)
    await statusOf(server, token)
    expect(wordsOf(await tokensOf(browser))).toMatch(/Last used today +between (\d\d):00 and \1:59 UTC/)
    const user = await server.store.findUserByHandle(nova.handle)
    const [listed] = await server.store.listManagementTokens(user?.id ?? 0, Date.now())
    expect((listed?.usedAt ?? 1) % hour).toBe(0)
  })

  test('of a disabled account is over, and stays so once the account is enabled', async () => {
    const server = await ownServer()
    const token = await managementToken(await signedIn(server.url))
    await server.store.disableUser(nova.handle, Date.now())
    await server.store.enableUser(nova.handle, Date.now())
    expect(await statusOf(server, token)).toBe(isRefused)
  })

  test('of a wrong checksum or an unknown one is refused', async () => {
    const server = await ownServer()
    const unknown = mint('management', () => new Uint8Array(32)).text
    for (const token of [unknown, `${unknown.slice(0, -1)}-`, `sdmt_${'A'.repeat(49)}`])
      expect(await statusOf(server, token)).toBe(isRefused)
  })

  test.each([
    ['the account is disabled', (server: TestServer) => server.store.disableUser(nova.handle, Date.now())],
    [
      'a new password ends all access',
      async (_: TestServer, browser: Browser) => {
        const form = formTo(await browser.open('/account/security'), '/account/password')
        const password = 'another pass-phrase'
        await browser.submit(form, { password: nova.password, new_password: password, end_apps: 'yes' })
      },
    ],
    [
      'the account is deleted',
      async (_: TestServer, browser: Browser) => {
        const form = formTo(await browser.open('/account/data'), '/account/delete')
        await browser.submit(form, { handle: nova.handle, password: nova.password })
      },
    ],
  ])('ends when %s', async (_, act) => {
    const server = await ownServer()
    const browser = await signedIn(server.url)
    const token = await managementToken(browser)
    expect(await statusOf(server, token)).toBe(works)
    await act(server, browser)
    expect(await statusOf(server, token)).toBe(isRefused)
  })
})
