import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/**
 * What stands against accessibility on a page as it is shown now, a line each with the elements it was found on.
 * @param page what is looked at, its own frame alone
 */
export async function violationsOn(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })')
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
