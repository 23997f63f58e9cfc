import { statSync } from 'node:fs'
import { hash } from '@node-rs/argon2'
import { describe, expect, test } from 'vitest'
import { hashPassword, isPassword } from '../src/accounts/password.ts'
import { passwordProblem } from '../src/accounts/password-rules.ts'
import { commonPasswords } from '../src/server.ts'

const whose = {
  handle: 'dj_nova.77',
  name: 'Zo\u00eb Reyes',
  email: 'zo.winkel@fernweh.example',
  brand: 'Audius',
}
const problem = (password: string) => passwordProblem(password, whose, commonPasswords)

describe('a password is refused', () => {
  test.each([
    'password1',
    'Password1',
    'PASSWORD',
    'qwertyuiop',
    '1q2w3e4r',
    'iloveyou',
    'sunshine1',
    '12345678',
    'football',
    'aaaaaaaa',
    '0123456789',
    'trustno1',
    'Passw0rd',
    'poiuytrewq',
    'P@ssw0rd1',
    'trustno1!',
    'passw0rd!',
    '!!Welcome1!!',
    '2024password2024',
    'Summer2024!',
    'march2025',
    'Dienstag23!',
    'Febrero-1999',
    'L3tm31n!!',
    'we1come!!',
    '4dm1n2024',
    'Admin@123',
    'monkey1234',
    'drowssap99',
    'dragon dragon',
    'hunter22hunter',
    'lovemonkey',
    '1qaz2wsx3edc4rfv',
    '!QAZ@WSX#EDC',
    'zxcvfdsaqwer',
    'qwertzuiop',
    'Abcdefgh1987',
    '83917264',
    '0791234567',
    'dragon monkey',
    'Shadow-Master-Summer!',
    'coffee.tiger.1999',
    'dr4gon_m0nkey',
    'yeknom nogard',
    'sexygirlmoney',
    'i love you baby',
    'The time: people',
    'love love love you',
  ])('that is one of the most used: %s (AC-5)', (password) => {
    expect(problem(password)).toContain('one of the most used')
  })

  test.each([
    'Audius2024',
    'aud1u5!!',
    '4UD1US123',
    'audius-audius',
    'dj_nova.77',
    'DJNOVA7777',
    'dj-n0va-2026',
    'nova31415926',
    'NovaNova1',
    'zoereyes99',
    'Zo\u00eb-Reyes',
    'Zoe\u0308Reyes!',
    'reyes_audius',
    'audius1!xy',
    'suidua-2024',
    'avon_jd99',
    'audiuspassword',
    'password dj_nova.77',
    'reyes sunshine1!',
    'iloveaudius',
    'Audius4ever',
    'my dog audius',
    'winkel1987',
    'lekniw2020!',
  ])('that is made of the handle, the name or the brand: %s', (password) => {
    expect(problem(password)).toContain('made of your handle')
  })

  test.each(['1234567', 'x'.repeat(129), '\u{1f600}'.repeat(7), 'e\u0301'.repeat(7)])(
    'that is too short or too long: %s',
    (password) => {
      expect(problem(password)).toBe('Use 8 to 128 characters for your password.')
    },
  )

  test('that holds what nobody can type', () => {
    expect(problem('some\u0000phrase\u0007')).toContain('Use letters')
  })
})

test.each([
  'correct horse battery',
  'correct horse battery staple',
  'dragon monkey gherkin',
  'my secret tapestry',
  'summer love monkey tiger',
  'plum-vessel-41',
  'glider moss anvil',
  'xK9#artQw2Lp',
  'kT8vQ2mZ9p',
  'novalis-and-friends',
  'my audius secret',
  'e\u0301u\u0308xo'.repeat(32),
  '\u{1f600}\u{1f680}'.repeat(4),
  'tr0ub4dor&3xyz',
  'sample-of-nova',
  // Four bytes of their digests are those of a common one.
  'pass-phrase bfea46db09',
  'pass-phrase 75a92952cd',
])('another one is fine: %s', (password) => {
  expect(problem(password)).toBeUndefined()
})

test('the list of the most used is small', () => {
  expect(statSync(new URL('../assets/common-passwords.bin', import.meta.url)).size).toBeLessThan(768_000)
})

test('hashes that were made of what was typed go on', async () => {
  const typed = 'Pa\u0308ssword of before'
  const before = await hash(typed)
  expect(await isPassword(typed, before)).toBe(true)
  expect(await isPassword(typed, await hashPassword(typed.normalize('NFC')))).toBe(true)
  expect(await isPassword(`${typed}!`, before)).toBe(false)
})
