/** Writes docs/configuration.md from the settings of the server, or with `--check` says whether it is as they are. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { settings } from '../server/src/settings.ts'

const page = new URL('../docs/configuration.md', import.meta.url)

const rows = Object.entries(settings).map(([name, { what, fallback, rule, ...setting }]) => {
  const otherwise = 'otherwise' in setting ? setting.otherwise : 'none'
  return `| \`${name}\` | ${fallback === null ? otherwise : `\`${fallback}\``} | ${what} | ${rule.replace(/^Set it to /, '')} |`
})

const text = `# Settings

A server of an installation is configured by its environment. A value that is missing or wrong stops the start with the words that stand
last here; \`stagedoor doctor\` tries each of them for real. \`npm run configuration\` writes this page from \`server/src/settings.ts\`.

| setting | default | what it decides | what it may be |
| --- | --- | --- | --- |
${rows.join('\n')}
`

if (!process.argv.includes('--check')) writeFileSync(page, text)
else if (!existsSync(page) || readFileSync(page, 'utf8') !== text) {
  console.error('docs/configuration.md lists other settings. Run npm run configuration')
  process.exitCode = 1
}
