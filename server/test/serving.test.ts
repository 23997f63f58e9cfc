import { cpSync, existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { bin, command, installation, served, stagedoor, temporaryFolder } from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { App, expectOAuthError } from '@stagedoor/testkit/wire-app'
import { nova, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

describe('stagedoor serve', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['nothing at all', {}, /PUBLIC_URL is not set.*\nDATA_DIR is not set/],
    [
      'a PUBLIC_URL with a path',
      { PUBLIC_URL: 'https://a.example/x' },
      /PUBLIC_URL is "https:\/\/a\.example\/x"/,
    ],
    [
      'nobody named who stands in front',
      { PUBLIC_URL: 'https://a.example', DATA_DIR: '/tmp' },
      /^TRUSTED_PROXIES is not set\. Set it to .*, or to none\.$/m,
    ],
    [
      'somebody in front who cannot be',
      { PUBLIC_URL: 'https://a.example', DATA_DIR: '/tmp', TRUSTED_PROXIES: 'None' },
      /^TRUSTED_PROXIES is "None"\. Set it to .*, or to none\.\n?$/,
    ],
    ['a PUBLIC_URL without https', { PUBLIC_URL: 'http://a.example' }, /PUBLIC_URL/],
    ['a PUBLIC_URL that is none', { PUBLIC_URL: 'a.example' }, /PUBLIC_URL/],
    [
      'a DATA_DIR that cannot be',
      { PUBLIC_URL: 'http://localhost:1', DATA_DIR: '/dev/null/x' },
      /\/dev\/null\/x/,
    ],
    ['a number of WORKERS that is none', { WORKERS: 'many' }, /WORKERS is "many"\. Set it to a whole number/],
    [
      'several workers on one data folder',
      { PUBLIC_URL: 'http://localhost:1', DATA_DIR: '/tmp', WORKERS: '2' },
      /^DATABASE_URL is not set, and WORKERS is 2\. .*\nMEDIA_URL is not set, and WORKERS is 2\. .*one process/,
    ],
    ['a PORT that is none', { PORT: '70000' }, /PORT is "70000"/],
    ['a long window', { REFRESH_GRACE_SECONDS: '61' }, /REFRESH_GRACE_SECONDS is "61"/],
    ['a limit of no number', { MAX_UPLOAD_BYTES: '500MB' }, /MAX_UPLOAD_BYTES is "500MB"/],
    ['a limit of nothing', { MAX_UPLOAD_BYTES: '0' }, /MAX_UPLOAD_BYTES is "0"/],
    ['a quota that is none', { UPLOAD_QUOTA_BYTES: '-1' }, /UPLOAD_QUOTA_BYTES is "-1"/],
    ['a floor that is none', { UPLOAD_FREE_BYTES: '1e9' }, /UPLOAD_FREE_BYTES is "1e9"/],
    ['a doubtful UPLOADS_REQUIRE_AUTH', { UPLOADS_REQUIRE_AUTH: 'yes' }, /UPLOADS_REQUIRE_AUTH is "yes"/],
    ['an unknown LOG_LEVEL', { LOG_LEVEL: 'loud' }, /LOG_LEVEL is "loud"/],
    ['a BRAND_NAME that hides something', { BRAND_NAME: 'a\u202eb' }, /BRAND_NAME/],
  ])('refuses to start with %s, naming it', async (_, settings, words) => {
    const { code, out, err } = await command(['serve'], { settings })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(words)
    expect(err).not.toMatch(/\n\s+at /)
  })

  test('says so as a process, without a stack', async () => {
    const { code, out, err } = await stagedoor(['serve'], { PORT: '70000' })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/PORT is "70000"/)
    expect(err).not.toMatch(/\n\s+at /)
  })

  test('says so when something listens there already', async () => {
    const settings = await installation(temporaryFolder())
    await served(['serve'], settings)
    const other = { ...settings, DATA_DIR: temporaryFolder(), HOST: 'localhost' }
    const { code, err } = await stagedoor(['serve'], other)
    expect(code).toBe(1)
    expect(err).toMatch(new RegExp(`${settings['PORT']}.*choose another port`, 's'))
  })

  test('prints one line when it is ready', async () => {
    const settings = await installation(temporaryFolder())
    const { lines } = await served(['serve'], settings)
    expect(lines).toEqual([JSON.stringify({ url: settings.PUBLIC_URL })])
  })
})

test('a command whose file is missing says that the fault is not the operator’s', async () => {
  const [built, copy] = [join(bin, '../..'), temporaryFolder()]
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(built, part), join(copy, part), { recursive: true })
  symlinkSync(join(built, '../node_modules'), join(copy, 'node_modules'))
  const dist = join(copy, 'dist')
  for (const file of readdirSync(dist)) if (file.startsWith('doctor-')) rmSync(join(dist, file))
  const { code, out, err } = await stagedoor(['doctor'], {}, '', join(copy, 'bin/stagedoor.mjs'))
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^This is a fault of stagedoor itself.*\n.*Cannot find module/)
})

describe('stagedoor dev', () => {
  test('prints one line of JSON with all that a script needs, and ends on SIGINT', async () => {
    const port = String(await freePort())
    const server = await served(['dev', '--ephemeral', '--port', port])
    const user = { handle: expect.any(String), email: expect.any(String), password: expect.any(String) }
    expect(server.lines).toHaveLength(1)
    expect(JSON.parse(server.lines[0] ?? '')).toEqual({
      url: `http://localhost:${port}`,
      emulator: `http://localhost:${port}/emulator`,
      apiKey: expect.stringMatching(/^[0-9a-f]{40}$/),
      appName: 'Stagedoor example',
      redirectUris: ['http://localhost:5177/'],
      users: ['nova', 'jun', 'sam'].map((handle) => ({
        ...user,
        handle,
        userId: expect.any(Number),
        verified: handle === 'nova',
      })),
    })
    const app = new App(
      server.url,
      { apiKey: JSON.parse(server.lines[0] ?? '').apiKey },
      'http://127.0.0.1:9/x',
    )
    expect(await app.me((await app.pair(await signedIn(server.url, nova))).access)).toBe(200)
    expect(await server.end('SIGINT')).toEqual([0, null])
  })

  test('takes where it listens and keeps its data from the settings, and from its arguments before those', async () => {
    const [port, other] = [String(await freePort()), String(await freePort())]
    const [folder, unused] = [temporaryFolder(), temporaryFolder()]
    const set = await served(['dev'], { PORT: port, DATA_DIR: folder })
    expect(JSON.parse(set.lines[0] ?? '')).toMatchObject({ url: `http://localhost:${port}` })
    expect(existsSync(join(folder, 'stagedoor.db'))).toBe(true)
    const elsewhere = { DATABASE_URL: 'postgres://localhost:9/none', MEDIA_URL: 's3://none' }
    const settings = { PORT: port, DATA_DIR: unused, PUBLIC_URL: `http://127.0.0.1:${other}`, ...elsewhere }
    const passed = await served(['dev', '--ephemeral', '--port', other], settings)
    expect(JSON.parse(passed.lines[0] ?? '')).toMatchObject({ url: `http://127.0.0.1:${other}` })
    expect(readdirSync(unused)).toEqual([])
  })

  test.each([
    ['its argument', ['dev', '--port', 'x', '--ephemeral'], {}],
    ['its setting', ['dev', '--ephemeral'], { PORT: 'x' }],
  ])('says what is wrong with a port of %s', async (_, args, settings) => {
    expect(await command(args, { settings })).toMatchObject({ code: 1, err: /PORT is "x"/ })
  })
})

test('commands work on a folder that is being served, and the server knows at once', async () => {
  const settings = await installation(temporaryFolder())
  const uri = 'https://app.example/cb'
  const run = async (...args: string[]) => {
    const { code, out } = await command([...args, '--json'], { settings, input: 'a pass-phrase' })
    expect(code).toBe(0)
    return JSON.parse(out)
  }
  const { url } = await served(['serve'], settings)
  const ada = ['--handle', 'ada', '--name', 'Ada', '--email', 'ada@example.com']
  await run('user', 'create', ...ada, '--password-stdin')
  const { apiKey } = await run('app', 'create', '--name', 'My app', '--redirect-uri', uri)
  const browser = await signedIn(url, { handle: 'ada', password: 'a pass-phrase' })
  const app = new App(url, { apiKey }, uri)
  const moved = new App(url, { apiKey }, 'https://app.example/moved')
  expect(await moved.begin(browser)).toMatchObject({ status: 400, leftFor: null })
  await run('app', 'add-redirect', apiKey, moved.redirectUri)
  const pair = await moved.pair(browser)
  await run('app', 'remove-redirect', apiKey, moved.redirectUri)
  expect(await moved.begin(browser)).toMatchObject({ status: 400, leftFor: null })
  expect(await app.me(pair.access)).toBe(200)

  await run('app', 'delete', apiKey)
  expect(await app.me(pair.access)).toBe(401)
  expectOAuthError(await app.refresh(pair.refresh), 400, 'invalid_grant')
  expect(await app.begin(browser)).toMatchObject({ status: 400, leftFor: null })

  const second = new App(
    url,
    { apiKey: (await run('app', 'create', '--name', 'Two', '--redirect-uri', uri)).apiKey },
    uri,
  )
  const other = await second.pair(browser)
  await run('user', 'verify', 'ada')
  await run('user', 'disable', 'ada')
  expect(await second.me(other.access)).toBe(401)
  expectOAuthError(await second.refresh(other.refresh), 400, 'invalid_grant')
  expect((await second.begin(browser)).text).toContain('action="/sign-in"')
})
