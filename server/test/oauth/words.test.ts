import { describe, expect, test } from 'vitest'
import { parseApiKey } from '../../src/apps/api-key.ts'
import { imitates, isDisplayName, nameKey } from '../../src/apps/display-name.ts'
import { codeChallengeOf, isCodeChallenge, isCodeVerifier } from '../../src/oauth/pkce.ts'
import { covers, parseScope } from '../../src/oauth/scope.ts'

describe('a scope', () => {
  test.each([
    [undefined, 'read'],
    ['read', 'read'],
    ['write', 'write'],
    ['read write', 'write'],
    ['write read', 'write'],
    ['write write', 'write'],
    ['read read', 'read'],
    ['', undefined],
    [' read', undefined],
    ['read  write', undefined],
    ['READ', undefined],
    ['read,write', undefined],
    ['read\twrite', undefined],
    ['admin', undefined],
    ['write admin', undefined],
  ])('%j is %s', (text, scope) => expect(parseScope(text)).toBe(scope))

  test('write includes read, and read not write', () => {
    expect([covers('write', 'read'), covers('write', 'write'), covers('read', 'read')]).toEqual([
      true,
      true,
      true,
    ])
    expect(covers('read', 'write')).toBe(false)
  })
})

describe('PKCE', () => {
  test('follows the example of RFC 7636, appendix B (PK-5)', () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
    expect(codeChallengeOf(verifier)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
    expect(isCodeVerifier(verifier)).toBe(true)
  })

  test.each(['x'.repeat(42), 'x'.repeat(129), `${'x'.repeat(43)}+`, `${'x'.repeat(43)}\n`, ''])(
    '%j is no verifier (PK-4)',
    (text) => expect(isCodeVerifier(text)).toBe(false),
  )

  test.each(['x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)}=`, `${'x'.repeat(43)}\n`, ''])(
    '%j is no challenge (PK-6)',
    (text) => expect(isCodeChallenge(text)).toBe(false),
  )
})

describe('an API key', () => {
  const key = '0123456789abcdef0123456789abcdef01234567'
  test.each([key, key.toUpperCase(), `0x${key}`, `0X${key.toUpperCase()}`])('%s is read', (text) =>
    expect(parseApiKey(text)).toBe(key),
  )
  test.each(['', key.slice(1), `${key}0`, `0x0x${key}`, `${key}\n`, ` ${key}`, key.replace('f', 'g')])(
    '%j is none',
    (text) => expect(parseApiKey(text)).toBeUndefined(),
  )
})

describe('a display name', () => {
  test.each(['Audius', 'Åse', '音楽', 'x', 'x'.repeat(64), '🎧'.repeat(64), "O'Neil & Sons <3"])(
    '%s may be one',
    (name) => expect(isDisplayName(name)).toBe(true),
  )
  test.each([
    '',
    ' ',
    ' x',
    'x ',
    'x'.repeat(65),
    'a\u202eb',
    'a\u200bb',
    'a\nb',
    'a\u2028b',
    'a\u0000b',
    '\ufeffa',
    'a\ud800',
    'a\u3164b',
    'a\u034fb',
    '\u115f',
  ])('%j may not', (name) => expect(isDisplayName(name)).toBe(false))

  test.each([
    'AUDIUS',
    'Audíus',
    'Аudius',
    'aud1us',
    'A u d i u s',
    'ａｕｄｉｕｓ',
    'audiu5',
    'Audius®',
    '-audius-',
    'ᎪUDIUS',
    'ꓮꓴꓓꓲꓴꓢ',
    'AUDΙUЅ',
    'Aud\u3164ius',
    'ᴀᴜᴅɪᴜꜱ',
  ])('%s reads like Audius', (name) => expect(nameKey(name)).toBe(nameKey('Audius')))
  test.each(['Audio', 'Audiuss', 'My Audius app'])('%s does not', (name) =>
    expect(nameKey(name)).not.toBe(nameKey('Audius')),
  )

  test.each([
    ['modern', 'modem'],
    ['vvave', 'wave'],
    ['ВЕН', 'BEH'],
  ])('%s reads like %s', (one, other) => expect(nameKey(one)).toBe(nameKey(other)))

  test.each([
    'Audius',
    'Official Audius',
    'The Audius App',
    'audius-support',
    'AudiusLogin',
    'Аudius OFFICIAL',
  ])('%s imitates Audius', (name) => expect(imitates(name, 'Audius')).toBe(true))
  test.each(['My Audius app', 'Audius uploader', 'Audio', 'Official App'])('%s does not', (name) =>
    expect(imitates(name, 'Audius')).toBe(false),
  )
})
