/** Writes docs/security/catalogue.md, or with `--check` says which rows have no proof and whether the page is up to date. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freshProof } from '../../server/src/pages/session/fresh-proof.ts'
import { mutationScores } from './mutation-scores.ts'
import { notApplicable } from './not-applicable.ts'
import { type Proof, proofsIn } from './proofs.ts'
import { groups } from './rows.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = `${root}docs/security/catalogue.md`
const proofs = proofsIn(root, ['server/test', 'sdk/test', 'sdk/native-test', 'e2e', 'scripts'])
const ids = new Set(groups.flatMap(({ rows }) => Object.keys(rows)))

const cell = (text: string) => text.replaceAll('|', '\\|')
const link = ({ name, file }: Proof) => `[${cell(name)}](../../${file})`
const provenBy = (id: string) => proofs.filter((proof) => proof.id === id)

const proofOf = (id: string): string => {
  const found = [...new Map(provenBy(id).map((proof) => [link(proof), proof])).keys()]
  return [...found.slice(0, 3), notApplicable[id]].filter(Boolean).join('<br>')
}

const text = `# Security catalogue

Every attack and fault that the system was held to, and the test that proves it: the row’s id stands in the test’s name. A row
that nothing here can fall to says why. Written by \`npm run catalogue\`; \`npm run check\` refuses any other row.
${groups
  .map(
    ({ title, rows }) => `
## ${title}

| id | attack or fault | proven by |
| --- | --- | --- |
${Object.entries(rows)
  .map(([id, words]) => `| ${id} | ${cell(words)} | ${proofOf(id)} |`)
  .join('\n')}
`,
  )
  .join('')}
## Changes that ask for a proof

A browser that was left open must not hand an account over. Beside every form of who is signed in stands when it asks for the password
or a passkey once more: each time, or where the last proof (a sign-in is one) is five minutes old. The API has no such form but those of developer
apps, which take a management token alone, and making that asks.

| form | asks | why |
| --- | --- | --- |
${Object.entries(freshProof)
  .map(([form, [asks, why]]) => `| \`${form}\` | ${asks} | ${why} |`)
  .join('\n')}

${mutationScores(root)}`

const faults = [
  ...[...ids]
    .filter((id) => provenBy(id).length === 0 && !notApplicable[id])
    .map((id) => `${id} has no test and no reason.`),
  ...[...ids]
    .filter((id) => provenBy(id).length > 0 && notApplicable[id])
    .map((id) => `${id} has a test, and a reason not to have one.`),
  ...proofs
    .filter(({ id }) => !ids.has(id))
    .map(({ id, file }) => `${file} names ${id}, which the catalogue has not.`),
]

if (process.argv.includes('--check')) {
  if (faults.length === 0 && readFileSync(page, 'utf8') !== text)
    faults.push('docs/security/catalogue.md is not up to date. Run npm run catalogue')
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
} else {
  mkdirSync(dirname(page), { recursive: true })
  writeFileSync(page, text)
  console.log(`${ids.size - faults.length} of ${ids.size} rows are proven or not applicable.`)
}
