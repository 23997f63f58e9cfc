/**
 * How long each client keeps the main thread of a page busy, in Chromium, by turns.
 * `npm run sdk-time -w bench -- [--rounds 9] [--write]`
 */
import { parseArgs } from 'node:util'
import { startBrowser } from '../e2e/harness/browser.ts'
import { appFiles } from './measure.ts'
import { incumbent } from './sdk-time/incumbent.ts'
import { tableOf, write } from './sdk-time/report.ts'
import { filesOf, type Times, visit } from './sdk-time/visit.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, write: { type: 'boolean', default: false } },
})
const rounds = Number(values.rounds)
if (!rounds) throw new Error('The rounds are no number.')
const apps = await Promise.all([...appFiles().map(filesOf), incumbent()])
const browser = await startBrowser()
try {
  const all = new Map<string, Times[]>(apps.map(({ entry }) => [entry, []]))
  for (let round = 0; round < rounds; round += 1)
    for (const app of apps) all.get(app.entry)?.push(await visit(browser, app))
  const table = tableOf(all)
  console.log(table)
  if (values.write) write(table, browser.version())
} finally {
  await browser.close()
}
