import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

// The text of the package's own `source` is twice as long, and every page that is looked at reads it anew.
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rules of axe that a change of colours alone can break. */
const ofColours = ['color-contrast', 'link-in-text-block']

/**
 * What stands against accessibility on a page as it is shown now, a line each with the elements it was found on.
 * @param page what is looked at, its own frame alone
 * @param rules which of axe's rules: all, or those of colours
 */
export async function violationsOn(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const which = rules === 'all' ? {} : { runOnly: ofColours }
  const options = JSON.stringify({ resultTypes: ['violations'], ...which })
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${options})`)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
