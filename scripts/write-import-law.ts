/** Prints the import law into docs/architecture.md, or with `--check` says whether it is there as it stands. */
import { readFileSync, writeFileSync } from 'node:fs'
import { type ImportLaw, sdkLaw, serverLaw } from './import-law.ts'

const page = new URL('../docs/architecture.md', import.meta.url)

const table = (law: ImportLaw): string =>
  [
    '| room | imports |',
    '| --- | --- |',
    ...Object.entries(law).map(
      ([room, others]) => `| \`${room}\` | ${others.map((other) => `\`${other}\``).join(' ') || 'nothing'} |`,
    ),
  ].join('\n')

const written = (text: string, name: string, law: ImportLaw): string =>
  text.replace(
    new RegExp(`(<!-- import law of ${name} -->\n)[^]*?(\n<!-- end -->)`),
    (_, start: string, end: string) => start + table(law) + end,
  )

const before = readFileSync(page, 'utf8')
const after = written(written(before, 'server/src', serverLaw), 'sdk/src', sdkLaw)
if (process.argv.includes('--check')) {
  if (before !== after) {
    console.error('docs/architecture.md prints another import law. Run npm run import-law')
    process.exitCode = 1
  }
} else writeFileSync(page, after)
