import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { command, temporaryFolder } from '@stagedoor/testkit/command'
import { machine, testServer } from '@stagedoor/testkit/server'
import { App, expectOAuthError } from '@stagedoor/testkit/wire-app'
import { jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { openServerStore } from '../../src/store/open.ts'

const uri = 'https://app.example/cb'

/** A server on a folder of its own, and the command line beside it. */
async function operated() {
  const folder = join(temporaryFolder(), 'data')
  let server = await testServer({ DATA_DIR: folder })
  const apiKey = await server.register('Operated', uri)
  const run = (...args: string[]) =>
    command(args, { settings: { DATA_DIR: folder }, input: 'new pass-phrase\n' })
  return {
    folder,
    url: server.url,
    app: new App(server.url, { apiKey }, uri),
    apiKey,
    run,
    json: async (...args: string[]) => {
      const { code, out, err } = await run(...args, '--json')
      expect({ code, err }).toEqual({ code: 0, err: '' })
      return JSON.parse(out)
    },
    stop: () => server.stop(),
    again: async () => {
      server = await testServer({ DATA_DIR: folder, PORT: String(server.port) })
    },
  }
}

test('a suspended app stops at once, says so, and people log in to it again once it is resumed (RT-16)', async () => {
  const { app, apiKey, json, stop } = await operated()
  const browser = await signedIn(app.issuer, nova)
  const pair = await app.pair(browser)
  const login = await app.logIn(browser)
  const shown = await app.begin(browser, { prompt: 'consent' })
  expect(await json('app', 'suspend', apiKey)).toEqual({ apiKey, suspended: true })
  expect(await app.me(pair.access)).toBe(401)
  expectOAuthError(await app.refresh(pair.refresh), 400, 'invalid_grant')
  expectOAuthError(await app.exchange(login), 400, 'invalid_grant')
  expect((await browser.allow(shown)).leftFor).toBeNull()
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
    /Password changed today , by whoever runs this server/,
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
  expect(await json('user', 'delete', 'jun')).toMatchObject({ handle: 'jun', deleted: true })
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
    expect(await command(['audit', ...args], { settings })).toMatchObject({
      code: 1,
      err: expect.stringMatching(words),
    })
  })
})

describe('a backup', () => {
  test('of a server at work comes back whole; what was revoked after it does not come back to life (F-20)', {
    timeout: 60_000,
  }, async () => {
    const { app, apiKey, folder, json, run, stop, again } = await operated()
    const browser = await signedIn(app.issuer, nova)
    const [kept, revoked] = [await app.pair(browser), await app.pair(browser)]
    const content = join(folder, 'content', 'bafkreitest')
    mkdirSync(content)
    writeFileSync(join(content, 'original'), 'some audio')
    const backup = join(folder, '..', 'backup')
    expect(await json('backup', backup)).toMatchObject({ folder: backup, files: 2 })
    expect((await app.revoke(revoked.refresh)).status).toBe(200)
    await json('user', 'create', '--handle', 'later', '--name', 'Later', '--email', 'later@example.com')
    await stop()
    expect(await run('restore', backup, '--replace')).toMatchObject({ code: 0, err: '' })
    expect(existsSync(join(content, 'original'))).toBe(true)
    await again()
    expect([await app.me(kept.access), await app.me(revoked.access)]).toEqual([401, 401])
    expectOAuthError(await app.refresh(revoked.refresh), 400, 'invalid_grant')
    expect(await json('user', 'find', 'later')).toEqual([])
    expect((await json('app', 'list')).map((each: { apiKey: string }) => each.apiKey)).toContain(apiKey)
    const back = await signedIn(app.issuer, nova)
    expect(await app.me((await app.pair(back)).access)).toBe(200)
    expect(readdirSync(folder).filter((name) => name.startsWith('replaced-'))).toHaveLength(1)
    await stop()
  })

  test('keeps tokens where it is told to', async () => {
    const { app, folder, json, stop, again } = await operated()
    const pair = await app.pair(await signedIn(app.issuer, nova))
    const backup = join(folder, '..', 'backup')
    await json('backup', backup)
    await stop()
    rmSync(folder, { recursive: true })
    expect(await json('restore', backup, '--keep-tokens')).toMatchObject({ ended: null })
    await again()
    expect(await app.me(pair.access)).toBe(200)
    await stop()
  })

  test('that is damaged, cut off or none is refused before anything is touched', async () => {
    const { folder, json, run, stop } = await operated()
    await stop()
    const backup = join(folder, '..', 'backup')
    await json('backup', backup)
    expect(await run('backup', backup)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^There is .*already/),
    })
    expect(await run('restore', backup)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/installation in .*--replace/),
    })
    const before = readFileSync(join(folder, 'stagedoor.db'))
    appendFileSync(join(backup, 'stagedoor.db'), 'x')
    expect(await run('restore', backup, '--replace')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/damaged/),
    })
    rmSync(join(backup, 'stagedoor.db'))
    expect(await run('restore', backup, '--replace')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/missing/),
    })
    for (const text of [
      '',
      '{}',
      '{"format":1,"createdAt":"x","files":[{"path":"../x","bytes":1,"sha256":"x"}]}',
    ]) {
      writeFileSync(join(backup, 'manifest.json'), text)
      expect(await run('restore', backup, '--replace')).toMatchObject({
        code: 1,
        err: expect.stringMatching(/no backup/),
      })
    }
    expect(readFileSync(join(folder, 'stagedoor.db')).equals(before)).toBe(true)
  })

  test('is not restored under a server, and a restore that was cut off is no installation', async () => {
    const { folder, json, run, stop } = await operated()
    await stop()
    const backup = join(folder, '..', 'backup')
    await json('backup', backup)
    mkdirSync(join(folder, 'restoring'))
    const settings = { PUBLIC_URL: 'http://localhost:4497', DATA_DIR: folder }
    expect(await command(['serve'], { settings })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/restore.*cut off/),
    })
    expect(await run('restore', backup, '--replace')).toMatchObject({ code: 0, err: '' })
    expect(existsSync(join(folder, 'restoring'))).toBe(false)
    const store = await openServerStore({ dataDir: folder, database: null }, machine('lock').log)
    expect(await run('restore', backup, '--replace')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/A server works on the data folder/),
    })
    await store.close()
  })
})
