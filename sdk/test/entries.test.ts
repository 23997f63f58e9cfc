import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import { sdk } from '../src/edge.ts'
import { errorCodes, isStagedoorError } from '../src/error-codes.ts'
import { catalogue } from '../src/errors/catalogue.ts'
import { failure } from '../src/errors/errors.ts'
import { lateCatalogue } from '../src/errors/late-catalogue.ts'
import { words, wordsFor } from '../src/words.ts'

const API_KEY = '0'.repeat(40)
const dist = join(import.meta.dirname, '../dist')
const file = (name: string) => readFileSync(join(dist, name), 'utf8')
const codes = Object.keys({ ...catalogue, ...lateCatalogue }).sort()

describe('the errors alone', () => {
  test('are all that there are', () => {
    expect([...errorCodes].sort()).toEqual(codes)
    expect(isStagedoorError(failure('timeout'))).toBe(true)
    expect(isStagedoorError(new Error('timeout'))).toBe(false)
  })
})

describe('the words for people', () => {
  test('are there for every code, and are no words for developers', () => {
    expect(Object.keys(words).sort()).toEqual(codes)
    for (const sentence of Object.values(words))
      expect(sentence).not.toMatch(/\b(?:apiKey|apiEndpoint|redirectUri|token|login\(\)|scope|see the)\b/i)
  })

  test('fit an error, its code, what is thrown besides, and a translation', () => {
    expect(wordsFor(failure('popup_closed'))).toBe(words.popup_closed)
    expect(wordsFor('session_expired')).toBe(words.session_expired)
    for (const other of [new Error('x'), 'toString', 'nothing', undefined, null, 7])
      expect(wordsFor(other)).toBe('That did not work. Please try again.')
    const german = { popup_closed: 'Du bist nicht angemeldet.' }
    expect(wordsFor('popup_closed', german)).toBe('Du bist nicht angemeldet.')
    expect(wordsFor('timeout', german)).toBe(words.timeout)
  })
})

describe('at the edge', () => {
  test('logs in by the two calls of servers', async () => {
    const server = await serve()
    const { oauth } = sdk({ apiKey: API_KEY, redirectUri: 'https://app.example/cb', apiEndpoint: server.url })
    const { url, transaction } = oauth.createAuthorizationUrl({ scope: 'write' })
    const { state } = transaction
    expect(new URL(url).searchParams.get('state')).toBe(state)
    const tokens = await oauth.exchangeCode(`/cb?${new URLSearchParams({ code: 'c', state })}`, transaction)
    expect(tokens.accessToken).toBeTruthy()
  })

  test('has no page to log in from, and no answer in it', async () => {
    const { oauth } = sdk({ apiKey: API_KEY, redirectUri: 'https://app.example/cb' })
    await expect(oauth.login()).rejects.toMatchObject({ code: 'no_page' })
    await oauth.handleRedirect()
    expect(oauth.hasRedirectResult()).toBe(false)
  })

  test.each(['edge.mjs', 'edge.cjs', 'bundle.mjs', 'sdk.min.js'])('%s loads nothing later', (name) => {
    expect(file(name)).not.toMatch(/\bimport\(|\brequire\(/)
  })
})

const run = (script: string, ...flags: string[]) =>
  spawnSync(process.execPath, [...flags, '--input-type=module', '-e', script], {
    cwd: dist,
    encoding: 'utf8',
  })

describe('in Node', () => {
  test('what is not caught is shown in a few lines, with the message among them', () => {
    const rejected = `import { sdk } from ${JSON.stringify(join(dist, 'node.mjs'))}
      sdk({ apiKey: '${API_KEY}' }).oauth.getUser()`
    for (const flags of [[], ['--enable-source-maps']]) {
      const { stderr, status } = run(rejected, ...flags)
      expect(status).toBe(1)
      expect(stderr).toContain('Nobody is logged in: call login().')
      expect(stderr.length).toBeLessThan(3000)
    }
  })

  test.each(['node.mjs', 'edge.mjs', 'testing.mjs'])('%s has no line that is not to be read', (name) => {
    const longest = Math.max(
      ...file(name)
        .split('\n')
        .map((line) => line.length),
    )
    expect(longest).toBeLessThan(400)
  })

  test('one that is too old is told which it needs', () => {
    const script = `delete globalThis.crypto
      const { sdk } = await import(${JSON.stringify(join(dist, 'node.mjs'))})
      try { sdk({ apiKey: '${API_KEY}', redirectUri: 'https://app.example/cb' }).oauth.createAuthorizationUrl() }
      catch (error) { console.log(error.code, error.message) }`
    const { stdout } = run(script)
    expect(stdout).toMatch(/^no_secure_random .*this is Node \d+\.\d+\.\d+: Node 20 or newer has it/)
  })
})
