import { DatabaseSync } from 'node:sqlite'
import { command, temporaryFolder } from '@stagedoor/testkit/command'
import { ownServer } from '@stagedoor/testkit/server'
import { App, expectOAuthError } from '@stagedoor/testkit/wire-app'
import { jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { developed, logOf, redirectUri } from '../wire/developer.ts'
import { operated } from './operated.ts'

test('a suspended app stops at once, says so, and people log in to it again once it is resumed (RT-16)', async () => {
  const { app, apiKey, json, run, stop } = await operated()
  const browser = await signedIn(app.issuer, nova)
  const pair = await app.pair(browser)
  const login = await app.logIn(browser)
  const shown = await app.begin(browser, { prompt: 'consent' })
  expect(await json('app', 'suspend', apiKey)).toEqual({ apiKey, suspended: true })
  expect((await run('app', 'list')).out).toContain('Operated  suspended\n')
  expect(await app.me(pair.access)).toBe(401)
  expectOAuthError(await app.refresh(pair.refresh), 400, 'invalid_grant')
  expectOAuthError(await app.exchange(login), 400, 'invalid_grant')
  const allowed = await browser.allow(shown)
  expect([allowed.status, allowed.leftFor]).toEqual([403, null])
  expect(wordsOf(allowed)).toContain('This app is suspended')
  const refused = await app.begin(browser)
  expect([refused.status, refused.leftFor]).toEqual([403, null])
  expect(wordsOf(refused)).toContain('This app is suspended')
  expect(await json('app', 'resume', apiKey)).toEqual({ apiKey, suspended: false })
  expect(await app.me(pair.access)).toBe(401)
  expect(await app.me((await app.pair(browser)).access)).toBe(200)
  await stop()
})

test('set-password, disable and enable end what was there, and the new password alone lets in (RT-14)', async () => {
  const { app, json, run, stop } = await operated()
  const browser = await signedIn(app.issuer, nova)
  const pair = await app.pair(browser)
  await json('user', 'set-password', nova.handle, '--password-stdin')
  expect(await app.me(pair.access)).toBe(401)
  expectOAuthError(await app.refresh(pair.refresh), 400, 'invalid_grant')
  expect((await browser.open('/account')).text).toContain('action="/sign-in"')
  const after = await signedIn(app.issuer, { handle: nova.handle, password: 'new pass-phrase' })
  expect(wordsOf(await after.open('/account/security'))).toMatch(
    /Password changed today at \d\d:\d\d UTC, by whoever runs this server/,
  )
  expect(await json('user', 'disable', nova.handle)).toMatchObject({ disabled: true })
  expect(await json('user', 'enable', `@${nova.handle}`)).toMatchObject({ disabled: false })
  const again = await signedIn(app.issuer, { handle: nova.handle, password: 'new pass-phrase' })
  expect((await again.open('/account')).text).not.toContain('action="/sign-in"')
  expect((await run('user', 'set-password', nova.handle)).out).toMatch(/\nPassword: [\w-]{16}\n$/)
  await stop()
})

test('accounts are found by any part of handle, name or email, and deleted with all that is theirs', async () => {
  const { app, json, run, stop } = await operated()
  const pair = await app.pair(await signedIn(app.issuer, jun))
  const handles = async (text: string) =>
    (await json('user', 'find', text)).map(({ handle }: { handle: string }) => handle)
  expect(await handles('JUN@EXAMPLE')).toEqual(['jun'])
  expect(await handles('park')).toEqual(['jun'])
  expect(await handles('nobody at all')).toEqual([])
  expect((await run('user', 'find', 'nobody')).out).toContain('Nothing of an account holds "nobody".')
  expect(await json('user', 'delete', 'jun')).toMatchObject({ handle: 'jun', deleted: true })
  expect((await run('user', 'find', 'jun')).out).toBe('@jun  deleted\n')
  expect(await app.me(pair.access)).toBe(401)
  for (const args of [
    ['delete', 'jun'],
    ['enable', 'jun'],
    ['set-password', 'jun'],
    ['delete', 'nobody'],
  ])
    expect(await run('user', ...args)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^(?:There is no|The) account @/),
    })
  await stop()
})

describe('stagedoor revoke-all', () => {
  test('ends what one account, one app, or everybody has from before a moment, and nothing else', async () => {
    const { app, apiKey, json, stop } = await operated()
    const [ofNova, ofJun] = [await signedIn(app.issuer, nova), await signedIn(app.issuer, jun)]
    const [first, second] = [await app.pair(ofNova), await app.pair(ofJun)]
    expect(await json('revoke-all', '--user', nova.handle)).toEqual({ logins: 1, sessions: 1, consents: 1 })
    expect([await app.me(first.access), await app.me(second.access)]).toEqual([401, 200])
    expect(await json('revoke-all', '--before', '2020-01-01')).toEqual({
      logins: 0,
      sessions: 0,
      consents: 0,
    })
    expect(await app.me(second.access)).toBe(200)
    expect(await json('revoke-all', '--app', apiKey)).toEqual({ logins: 1, sessions: 0, consents: 1 })
    expect(await app.me(second.access)).toBe(401)
    expect((await app.begin(ofJun)).text).toContain('action="/consent"')
    const third = await app.pair(ofJun)
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    expect(await json('revoke-all', '--before', tomorrow)).toEqual({ logins: 1, sessions: 1, consents: 1 })
    expectOAuthError(await app.refresh(third.refresh), 400, 'invalid_grant')
    await stop()
  })

  test.each([
    [[], /^Say what to end/],
    [['--user', 'nova', '--before', '2026-01-01'], /^Say what to end/],
    [['--before', 'yesterday'], /^--before must be a date/],
    [['--before', '2026-02-31T99:00Z'], /^--before must be a date/],
    [['--user', 'nobody'], /^There is no account @nobody/],
    [['--app', 'x'], /^API_KEY must be 40/],
    [['--app', '0'.repeat(40)], /^There is no app/],
  ])('says what is wrong with %j', async (args, words) => {
    const settings = { DATA_DIR: temporaryFolder() }
    await command(['migrate'], { settings })
    expect(await command(['revoke-all', ...args], { settings })).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(words),
    })
  })
})

describe('stagedoor audit', () => {
  test('shows what was done as lines of JSON, by account, app, kind and time', async () => {
    const { app, apiKey, run, stop } = await operated()
    await app.pair(await signedIn(app.issuer, nova))
    await run('app', 'add-redirect', apiKey, 'https://app.example/other')
    const entries = async (...args: string[]) => {
      const { code, out } = await run('audit', '--json', ...args)
      expect(code).toBe(0)
      return out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    }
    expect((await entries('--user', 'nova')).map(({ event }) => event)).toEqual([
      'signed_in',
      'access_allowed',
    ])
    expect((await entries('--app', apiKey)).map(({ event, by }) => [event, by])).toEqual([
      ['access_allowed', 'browser'],
      ['redirect_uris_changed', 'operator'],
    ])
    expect(await entries('--event', 'signed_in')).toHaveLength(1)
    expect(await entries('--since', '2999-01-01')).toEqual([])
    expect((await entries('--limit', '1')).map(({ event }) => event)).toEqual(['redirect_uris_changed'])
    expect((await run('audit')).out).toMatch(/signed_in {2}@nova .*by browser from 127\.0\.0\.\*/)
    await stop()
  })

  test('follows what happens until it is asked to end', async () => {
    const { run, stop } = await operated()
    expect(await run('audit', '--follow', '--json')).toMatchObject({ code: 0, err: '' })
    await stop()
  })

  test.each([
    [['--event', 'nothing'], /^--event must be one of account_created/],
    [['--limit', '0'], /^--limit must be a whole number from 1/],
    [['--since', 'x'], /^--since must be a date/],
    [['--user', 'nobody'], /^There is no account/],
  ])('says what is wrong with %j', async (args, words) => {
    const settings = { DATA_DIR: temporaryFolder() }
    await command(['migrate'], { settings })
    expect(await command(['audit', ...args], { settings })).toMatchObject({
      code: 1,
      err: expect.stringMatching(words),
    })
  })
})

describe('stagedoor logs', () => {
  test('shows and saves what happened by its time, whichever node has stored its own first', async () => {
    const folder = temporaryFolder()
    const server = await ownServer({ DATA_DIR: folder })
    const own = await developed(server, nova)
    await own.app.begin(await signedIn(server.url, jun))
    await own.app.begin(await signedIn(server.url, jun), { scope: 'everything' })
    await logOf(own)
    const database = new DatabaseSync(`${folder}/stagedoor.db`)
    // As if another node had stored the refusal, which came first.
    database.exec("UPDATE flow_events SET at = at - 60000 WHERE outcome = 'refused'")
    database.close()
    const { out } = await command(['logs', own.apiKey, '--json'], { settings: { DATA_DIR: folder } })
    const outcomes = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).outcome)
    expect(outcomes).toEqual(['refused', 'done'])
    expect((await logOf(own)).map(({ outcome }) => outcome)).toEqual(['done', 'refused'])
  })

  test('shows what the logins of an app came to, as its developer sees it, and follows', async () => {
    const folder = temporaryFolder()
    const server = await ownServer({ DATA_DIR: folder })
    const own = await developed(server, nova)
    await own.app.begin(await signedIn(server.url, jun))
    await own.app.begin(await signedIn(server.url, jun), { scope: 'everything' })
    const nobodys = await server.register('Of nobody', redirectUri)
    await new App(server.url, { apiKey: nobodys }, redirectUri).begin(await signedIn(server.url, jun))
    await logOf(own)
    const logs = (...args: string[]) => command(['logs', ...args], { settings: { DATA_DIR: folder } })
    const shown = await logs(own.apiKey, '--json', '--follow')
    expect({ code: shown.code, err: shown.err }).toEqual({ code: 0, err: '' })
    expect(
      shown.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { step: 'authorize', outcome: 'done' },
      { step: 'authorize', outcome: 'refused', code: 'invalid_scope' },
    ])
    expect((await logs(own.apiKey, '--outcome', 'refused')).out).toMatch(
      /^\S+Z {2}authorize {2}refused {2}invalid_scope {2}\(scope may have/,
    )
    expect((await logs(nobodys)).out).toMatch(/^\S+Z {2}authorize {2}done/)
    expect(shown.out).not.toMatch(/jun/)
    for (const [args, words] of [
      [['ab'.repeat(20)], /^There is no app abab/],
      [[own.apiKey, '--limit', '0'], /^--limit must be a whole number from 1/],
      [[own.apiKey, '--outcome', 'odd'], /^--outcome must be one of done/],
      [[], /^API_KEY is missing/],
    ] as const)
      expect(await logs(...args)).toMatchObject({ code: 1, err: expect.stringMatching(words) })
  })
})
