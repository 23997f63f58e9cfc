import { expect, test } from 'vitest'
import { startBrowser } from '../e2e/harness/browser.ts'
import { appFiles } from './measure.ts'
import { tableOf } from './sdk-time/report.ts'
import { filesOf, visit } from './sdk-time/visit.ts'

test('an app with this SDK is visited from its import to the check of a token', async () => {
  const [app] = await Promise.all(appFiles().slice(0, 1).map(filesOf))
  if (app === undefined) throw new Error('There is no app')
  const browser = await startBrowser()
  try {
    const times = await visit(browser, app)
    for (const time of Object.values(times)) expect(time).toBeGreaterThan(0)
    expect(tableOf(new Map([[app.entry, [times]]]))).toMatch(/^\| stagedoor \|( [\d.]+ \|){4}$/m)
  } finally {
    await browser.close()
  }
}, 60_000)
