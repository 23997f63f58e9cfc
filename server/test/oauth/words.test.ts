import { describe, expect, test } from 'vitest'
import { parseApiKey } from '../../src/apps/api-key.ts'
import { imitates, nameKey } from '../../src/apps/display-name.ts'
import { nameFault } from '../../src/apps/name-fault.ts'
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
    (name) => expect(nameFault(name)).toBeUndefined(),
  )
  test.each([
    'علی\u200cرضا',
    'می\u200cخواهم',
    'क\u094d\u200dष',
    'শ\u09cd\u200cন',
    '👨\u200d👩\u200d👧',
    '👩🏽\u200d💻',
    '❤\ufe0f\u200d🔥',
    '🇳🇴',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    '👨\u200d👩\u200d👧'.repeat(40),
    'é\u0301',
  ])('%s may be one, for its joiners stand where they belong', (name) =>
    expect(nameFault(name)).toBeUndefined(),
  )
  test.each([
    ['', 'is empty'],
    [' ', 'is empty'],
    [' x', 'begins or ends with a space'],
    ['x ', 'begins or ends with a space'],
    ['\ufeffa', 'begins or ends with a space'],
    ['x'.repeat(65), 'is longer than 64 characters'],
    ['e\u0301\u0302\u0303\u0304'.repeat(60), 'is longer than 64 characters'],
    ['a\u202eb', 'contains a character that changes the direction of the text'],
    ['a\u200fb', 'contains a character that changes the direction of the text'],
    ['a\nb', 'contains a line break or a control character'],
    ['a\u2028b', 'contains a line break or a control character'],
    ['a\u0000b', 'contains a line break or a control character'],
    ['a\u200bb', 'contains a character that cannot be seen'],
    ['a\u200db', 'contains a character that cannot be seen'],
    ['a\u200cb', 'contains a character that cannot be seen'],
    ['ab\u200d', 'contains a character that cannot be seen'],
    ['x\u{e0067}\u{e007f}', 'contains a character that cannot be seen'],
    ['a\u3164b', 'contains a character that cannot be seen'],
    ['a\u034fb', 'contains a character that cannot be seen'],
    ['\u115f', 'contains a character that cannot be seen'],
    ['a\ud800', 'contains a character that is none'],
    ['\ufe0f', 'shows nothing'],
  ])('%j may not: it %s', (name, words) => expect(nameFault(name)).toBe(words))

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
    'ᗅudius',
    'Λudius',
    'Δudius',
    'Audıus',
    '𝔸𝕦𝕕𝕚𝕦𝕤',
    'A\u0308u\u0301dius',
    '@udiu$',
    'Ａudɩus',
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
    'Audius Wallet',
    'AudiusWallet',
    'audiuswallet',
    'Audius uploader',
    'My Audius app',
    'Audius Foundation Rewards',
    'Get Audius',
    'Λudius.wallet',
    'A u d i u s Pay',
    'Made by Audius',
    'Sign in with Audius',
    'Support for Audius',
    'audiusexchange',
    'audiusnft',
    'myaudiusvault',
    'audiusairdrops',
    'audius_trade',
    'Audius2',
    'audius2024wallet',
    'Audius#1',
    'Aud!us',
    '4udius',
    'Audius\u2019s Wallet',
    'Log in to Audius',
    'Help with Audius',
    'Connect with Audius',
    'Official Support for Audius',
    'Password reset for Audius',
    'Security check for Audius',
  ])('%s imitates Audius (AZ-23)', (name) => expect(imitates(name, 'Audius')).toBe(true))
  test.each([
    'Audio',
    'Official App',
    'Claudius',
    'Audiusta Jazz',
    'Uploader for Audius',
    'Remix tool for Audius',
    'Karaoke with Audius',
    'Wallet for Audius',
    'Password-free uploads for Audius',
    'Saudius 4',
  ])('%s does not', (name) => expect(imitates(name, 'Audius')).toBe(false))
  test.each([
    ['Sound Cloud Player', 'Sound Cloud', true],
    ['Player for Sound Cloud', 'Sound Cloud', false],
    ['Cloud of Sound', 'Sound Cloud', false],
    ['Wavelength', 'Wave', false],
  ])('%s beside %s: %s', (name, brand, does) => expect(imitates(name, brand)).toBe(does))
})
