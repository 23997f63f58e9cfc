import { expect, test } from 'vitest'
import { passwordProblem } from '../../src/accounts/password-rules.ts'
import { parseApiKey } from '../../src/apps/api-key.ts'
import { imitates, nameKey } from '../../src/apps/display-name.ts'
import { isEmail } from '../../src/apps/email-address.ts'
import { nameFault } from '../../src/apps/name-fault.ts'
import { redirectUriFault } from '../../src/apps/redirect-uri.ts'
import { registrableForms } from '../../src/apps/registrable-form.ts'
import { isCodeChallenge, isCodeVerifier } from '../../src/oauth/pkce.ts'
import { parseScope } from '../../src/oauth/scope.ts'
import { commonPasswords } from '../../src/server.ts'

/** What makes a pattern that tries one text in many ways slow: long runs that almost fit. */
const runs = [
  'a',
  ' ',
  '.',
  '/',
  '%',
  '%25',
  '@',
  '-',
  'a@',
  'a.',
  '/..',
  '\u200d',
  '🏴\u{e0067}',
  '\u094d\u200d',
  'audius',
  'Aa',
]
const longest = 8_000

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  nameFault,
  nameKey,
  imitates: (text) => imitates(text, 'Audius'),
  isEmail,
  parseApiKey,
  redirectUriFault,
  registrableForms,
  isCodeChallenge,
  isCodeVerifier,
  parseScope,
}

test.each(Object.entries(readers))('%s takes no longer the more a text almost fits (IN-7)', (_, read) => {
  for (const run of runs)
    for (const end of ['', '!', '\n', '\u0000']) {
      const text = run.repeat(Math.ceil(longest / run.length)) + end
      const before = process.cpuUsage()
      read(text)
      const { user, system } = process.cpuUsage(before)
      // Microseconds of the processor, which a busy machine does not stretch as it does the clock on the wall.
      expect(user + system, `${run} … ${JSON.stringify(end)}`).toBeLessThan(250_000)
    }
})

test('a password is compared with the thousands of words of a name in no time (IN-7)', () => {
  const words = Array.from({ length: 12_000 }, (_, at) => at.toString(36).padStart(4, 'q')).join(' ')
  const whose = { handle: 'nova', name: words, email: 'nova@example.com', brand: 'Audius' }
  const before = process.cpuUsage()
  passwordProblem('correct horse battery', whose, commonPasswords)
  const { user, system } = process.cpuUsage(before)
  expect(user + system).toBeLessThan(2_000_000)
})
