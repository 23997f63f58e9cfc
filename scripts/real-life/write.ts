/** Writes docs/real-life.md, or with `--check` says which rows no test holds and whether the page is up to date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rows } from './rows.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = `${root}docs/real-life.md`
const cell = (text: string) => text.replaceAll('|', '\\|')

const lines = Object.entries(rows).map(
  ([id, { what, file, test, also }]) =>
    `| ${id} | ${cell(what)} | [${cell(test)}](../${file}) | ${cell(also)} |`,
)
const text = `# Logins in real life

What went wrong for people before it was mended: slow networks, other frameworks, other clocks, lost answers. Each row has the test that
holds it, and where else its kind was looked for. Written by \`npm run catalogue\`; \`npm run check\` refuses a row whose test is gone.

| id | situation | held by | also |
| --- | --- | --- | --- |
${lines.join('\n')}
`

const faults = Object.entries(rows)
  .filter(
    ([, { file, test }]) => !existsSync(root + file) || !readFileSync(root + file, 'utf8').includes(test),
  )
  .map(([id, { file, test }]) => `${id}: ${file} has no test ${JSON.stringify(test)}.`)

if (process.argv.includes('--check')) {
  if (faults.length === 0 && readFileSync(page, 'utf8') !== text)
    faults.push('docs/real-life.md is not up to date. Run npm run catalogue')
} else writeFileSync(page, text)
for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exitCode = 1
