import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { command, temporaryFolder } from '@stagedoor/testkit/command'
import { ownServer } from '@stagedoor/testkit/server'
import { describe, expect, test } from 'vitest'

const uri = 'https://app.example/cb'
const apiKeyShape = expect.stringMatching(/^[0-9a-f]{40}$/)
const ada = ['--handle', 'ada', '--name', 'Ada', '--email', 'ada@example.com']

/** Runs command lines on one new data folder; each must be done, and say so in JSON. */
function inFolder() {
  const folder = temporaryFolder()
  const settings = { DATA_DIR: folder }
  return {
    folder,
    plain: (...args: string[]) => command(args, { settings }),
    json: async (...args: string[]) => {
      const { code, out, err } = await command([...args, '--json'], { settings, input: 'a pass-phrase\n' })
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out.trimEnd().split('\n')).toHaveLength(1)
      return JSON.parse(out)
    },
  }
}

describe('help', () => {
  test.each(['serve', 'dev', 'user', 'app', 'migrate', 'purge'])('of %s explains it', async (name) => {
    for (const args of [
      [name, '--help'],
      [name, 'create', '--help'],
    ]) {
      const { code, out, err } = await command(args)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toMatch(new RegExp(`^stagedoor ${name}`))
      expect(out).toContain('--json')
    }
  })

  test.each([
    ['user', '-h'],
    ['help', 'user'],
    ['-h', 'user'],
    ['user', 'list', '-h'],
  ])('of one is there for %s %s', async (...args) => {
    const { code, out } = await command(args)
    expect(code).toBe(0)
    expect(out).toMatch(/^stagedoor user create/)
  })

  test.each([[[]], [['--help']], [['help']], [['-h']]])('of all is there for %j', async (args) => {
    const { code, out } = await command(args)
    expect(code).toBe(0)
    for (const name of ['serve', 'dev', 'user', 'app', 'migrate', 'purge'])
      expect(out).toContain(`stagedoor ${name}`)
  })

  test.each(['--version', '-v', 'version'])('%s says which version this is', async (name) => {
    expect(await command([name])).toEqual({ code: 0, out: '0.0.0\n', err: '' })
  })

  test('comes with the refusal of an unknown command', async () => {
    const { code, out, err } = await command(['sreve'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^There is no command "sreve"\.\n\nstagedoor/)
  })
})

test('stagedoor keys lists and rotates what signs ID tokens, and ends what may be known (OC-8)', async () => {
  const { folder, plain } = inFolder()
  const server = await ownServer({ DATA_DIR: folder })
  await fetch(`${server.url}/.well-known/jwks.json`)
  const kids = async (...args: string[]) => {
    const { code, out } = await plain('keys', ...args, '--json')
    expect(code).toBe(0)
    return out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).kid)
  }
  const [first] = await kids('list')
  const rotated = await kids('rotate')
  expect(rotated).toHaveLength(2)
  expect(rotated[1]).toBe(first)
  const [only, ...others] = await kids('rotate', '--now')
  expect(others).toEqual([])
  expect(rotated).not.toContain(only)
  expect((await plain('keys', 'burn')).code).toBe(1)
})

describe('stagedoor user', () => {
  test('creates, verifies, disables and lists accounts', async () => {
    const { json } = inFolder()
    const made = await json('user', 'create', ...ada, '--password-stdin')
    const account = { userId: expect.any(Number), handle: 'ada', name: 'Ada', email: 'ada@example.com' }
    expect(made).toEqual({ ...account, emailConfirmed: true, verified: false, disabled: false })
    expect(await json('user', 'verify', 'ada')).toEqual({ ...made, verified: true })
    expect(await json('user', 'disable', '@ADA')).toEqual({ ...made, verified: true, disabled: true })
    expect(await json('user', 'list')).toEqual([{ ...made, verified: true, disabled: true }])
  })

  test('makes a password and prints it once when none is given', async () => {
    const { json, plain } = inFolder()
    expect(await json('user', 'create', ...ada, '--verified')).toMatchObject({
      password: expect.stringMatching(/^[\w-]{16}$/),
      verified: true,
    })
    const { out } = await plain(
      'user',
      'create',
      '--handle',
      'ben',
      '--name',
      'Ben',
      '--email',
      'b@example.com',
    )
    expect(out).toMatch(/^Created @ben {2}Ben <b@example\.com>\nPassword: [\w-]{16}\n$/)
    expect((await plain('user', 'list')).out).not.toMatch(/assword/)
  })

  test.each<[string, string[], RegExp]>([
    ['no verb', [], /^Say what to do/],
    ['another verb', ['destroy'], /^Say what to do/],
    ['no email', ['create', '--handle', 'x', '--name', 'y'], /all needed/],
    ['a bad handle', ['create', '--handle', 'x!', '--name', 'y', '--email', 'y@example.com'], /3 to 30/],
    [
      'the brand as a handle',
      ['create', '--handle', 'audius', '--name', 'y', '--email', 'y@example.com'],
      /reserved/,
    ],
    ['no handle', ['verify'], /^HANDLE is missing/],
    ['too many handles', ['verify', 'a', 'b'], /^"b" is one argument too many/],
    ['an unknown handle', ['disable', 'nobody'], /^There is no account @nobody/],
    ['an unknown option', ['list', '--all'], /--all/],
    ['an option without its value', ['list', '--data-dir'], /data-dir/],
  ])('says what is wrong with %s', async (_, args, words) => {
    const { plain } = inFolder()
    await plain('migrate')
    const { code, out, err } = await plain('user', ...args)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(words)
    expect(err).not.toMatch(/\n\s+at /)
  })

  test('refuses a handle or an email that is taken', async () => {
    const { json, plain } = inFolder()
    await json('user', 'create', ...ada)
    const again = await plain('user', 'create', ...ada)
    expect(again).toMatchObject({ code: 1, err: expect.stringMatching(/handle is taken/) })
  })
})

describe('stagedoor app', () => {
  test('creates, changes, lists and deletes apps', async () => {
    const { json } = inFolder()
    await json('user', 'create', ...ada)
    const made = await json('app', 'create', '--name', 'My app', '--redirect-uri', uri, '--owner', '@ada')
    expect(made).toEqual({ apiKey: apiKeyShape, name: 'My app', redirectUris: [uri] })
    const { apiKey } = made
    const two = { ...made, redirectUris: [uri, 'myapp://cb'] }
    expect(await json('app', 'add-redirect', apiKey, 'myapp://cb')).toEqual(two)
    expect(await json('app', 'add-redirect', `0x${apiKey.toUpperCase()}`, 'myapp://cb')).toEqual(two)
    expect(await json('app', 'list')).toEqual([two])
    expect(await json('app', 'remove-redirect', apiKey, uri)).toEqual({
      ...made,
      redirectUris: ['myapp://cb'],
    })
    expect(await json('app', 'delete', apiKey)).toEqual({ apiKey, deleted: true })
    expect(await json('app', 'list')).toEqual([])
  })

  test('speaks in words without --json', async () => {
    const { plain } = inFolder()
    const { out } = await plain('app', 'create', '--name', 'My app', '--redirect-uri', uri)
    expect(out).toMatch(/^[0-9a-f]{40} {2}My app\n {2}https:\/\/app\.example\/cb\n$/)
    expect((await plain('app', 'list')).out).toBe(out)
    const deleted = await plain('app', 'delete', out.slice(0, 40))
    expect(deleted.out).toBe(`Deleted ${out.slice(0, 40)}\n`)
  })

  const key = 'f'.repeat(40)
  test.each<[string, string[], RegExp]>([
    ['no verb', [], /^Say what to do/],
    ['no name', ['create'], /--name is missing/],
    ['the brand as a name', ['create', '--name', 'АUDIUS'], /as if the app were of Audius/],
    ['a name that hides something', ['create', '--name', 'a\u200bb'], /cannot be seen/],
    [
      'a redirect URI that may not be one',
      ['create', '--name', 'x', '--redirect-uri', 'javascript:x'],
      /javascript:x: This scheme/,
    ],
    ['an unknown owner', ['create', '--name', 'x', '--owner', 'nobody'], /no account @nobody/],
    [
      '51 redirect URIs',
      ['create', '--name', 'x', ...Array.from({ length: 51 }, (_, i) => `--redirect-uri=${uri}${i}`)],
      /50 redirect URIs/,
    ],
    ['an API key that is none', ['delete', 'nope'], /40 hex digits/],
    ['an unknown API key', ['delete', key], /no app with this API key/],
    ['no URI', ['add-redirect', key], /^URI is missing/],
    ['a URI for an unknown app', ['add-redirect', key, uri], /no app with this API key/],
    ['a bad URI', ['add-redirect', key, 'https://a.example/#'], /fragment/],
    ['a URI that is not there', ['remove-redirect', key, uri], /no such redirect URI/],
  ])('says what is wrong with %s', async (_, args, words) => {
    const { plain } = inFolder()
    await plain('migrate')
    const { code, out, err } = await plain('app', ...args)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(words)
    expect(err).not.toMatch(/\n\s+at /)
  })

  test('refuses the name of another app, and one that reads like it', async () => {
    const { json, plain } = inFolder()
    await json('app', 'create', '--name', 'Wavelength')
    expect(await plain('app', 'create', '--name', 'wave lеngth')).toMatchObject({
      code: 1,
      err: /another app/i,
    })
  })
})

describe('stagedoor migrate and purge', () => {
  test('make and clean a database', async () => {
    const { folder, json, plain } = inFolder()
    const { from, to } = await json('migrate', '--data-dir', join(folder, 'new', 'one'))
    expect(from).toBe(0)
    expect(to).toBeGreaterThan(0)
    expect(await json('migrate', '--data-dir', join(folder, 'new', 'one'))).toEqual({ from: to, to })
    await plain('migrate')
    expect(await json('purge')).toEqual({ deleted: 0 })
    expect((await plain('purge')).out).toBe('Deleted 0 expired rows.\n')
    expect((await plain('migrate')).out).toMatch(/at version \d+ already/)
  })
})

describe('a data folder', () => {
  test.each([['user', 'list'], ['app', 'list'], ['purge']])(
    'that is not there is named by %s %s',
    async (...args) => {
      const { code, err } = await command(args, { settings: { DATA_DIR: '/nowhere/at/all' } })
      expect(code).toBe(1)
      expect(err).toMatch(/\/nowhere\/at\/all.*--data-dir or DATA_DIR/)
    },
  )

  test('that is a file is named', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    for (const args of [['user', 'list'], ['migrate'], ['purge']]) {
      const { code, err } = await command(args, { settings: { DATA_DIR: file } })
      expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(file) })
    }
  })

  test.each([
    ['user', 'list'],
    ['user', 'disable', 'ada'],
    ['app', 'list'],
    ['audit'],
    ['revoke-all', '--before', '2026-05-04'],
    ['keys', 'list'],
    ['purge'],
    ['backup', 'copy'],
  ])('that is no installation’s is told, and stays as it is: %s %s', async (...args) => {
    const folder = temporaryFolder()
    const { code, out, err } = await command(args, { settings: { DATA_DIR: folder } })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(`There is no installation in the folder ${folder}`)
    expect(readdirSync(folder)).toEqual([])
  })

  test('whose database is none, or of a later version, is refused in words', async () => {
    const folder = temporaryFolder()
    writeFileSync(
      join(folder, 'stagedoor.db'),
      'this is no database, only a text that is long enough to be read',
    )
    const noise = await command(['app', 'list'], { settings: { DATA_DIR: folder } })
    expect(noise).toMatchObject({ code: 1, err: expect.not.stringMatching(/\n\s+at /) })
    expect(noise.err).toMatch(/\(file is not a database\)\. Name a folder .* backup/)
    const { folder: later, plain } = inFolder()
    await plain('migrate')
    const database = new DatabaseSync(join(later, 'stagedoor.db'))
    database.exec('PRAGMA user_version = 999; UPDATE schema_version SET version = 999, works_from = 999')
    database.close()
    expect(await plain('app', 'list')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/newer|later|version/),
    })
  })
})
