/** Reads every log that the servers of a test run wrote, and fails when a line holds what no log may. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../test-results/logs/', import.meta.url))
const samples = readFileSync(new URL('../../server/src/cli/samples.ts', import.meta.url), 'utf8')
const samplePasswords = Array.from(samples.matchAll(/password: '([\w-]+)'/g), ([, password]) => password)

/** Passwords and verifiers of the tests carry a marker that nothing else does. */
const secrets: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a credential', /sd(?:at|mt|rt|ac|dc|se|rq|br|pr|ec)_[A-Za-z0-9_-]{49}/],
  ['a password', new RegExp([...samplePasswords, 'pass-phrase'].join('|'))],
  ['a code_verifier', /verifier-/],
  ['the id of an upload', /"path":"[^"]*\/(?:files|uploads)\/[^"…]{9}|"upload":"[^"…]{9}/],
  ['a query string', /\?[\w%.[\]-]+=/],
]

const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
const files = entries.filter((entry) => entry.isFile())
const findings: string[] = samplePasswords.length > 0 ? [] : ['The sample passwords are not where they were.']
let count = 0
for (const { name } of files) {
  const lines = readFileSync(folder + name, 'utf8').split('\n')
  count += lines.length - 1
  for (const [index, line] of lines.entries())
    for (const [what, pattern] of secrets)
      if (pattern.test(line)) findings.push(`test-results/logs/${name}:${index + 1} holds ${what}.`)
}
if (count === 0) findings.push('There are no logs in test-results/logs: run the tests first.')
for (const finding of findings) console.error(finding)
if (findings.length === 0) console.log(`No secret in ${count} lines of ${files.length} logs.`)
process.exitCode = findings.length === 0 ? 0 : 1
