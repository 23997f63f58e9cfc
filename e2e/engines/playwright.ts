import type { Browser, Page } from 'playwright-core'
import { closing } from '../harness/people.ts'
import { type Engine, type Tab, TIMEOUT_MS } from './agent.ts'

/** An engine that Playwright drives. A script that fails on any page of a visit fails at its end. */
export async function playwrightEngine(starting: Promise<Browser>): Promise<Engine> {
  const browser = await starting
  return {
    visit: async () => {
      const context = await browser.newContext()
      context.setDefaultTimeout(TIMEOUT_MS)
      const failures: unknown[] = []
      context.on('weberror', (error) => failures.push(error.error()))
      return {
        tab: tabOf(await context.newPage()),
        end: async () => {
          await context.close()
          if (failures.length > 0) throw new AggregateError(failures, 'Scripts failed on the pages.')
        },
      }
    },
    stop: () => browser.close(),
  }
}

function tabOf(page: Page): Tab {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  return {
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    close: () => page.close(),
    press: (name) => button(name).click(),
    pressForPopup: async (name) => {
      // A popup that severs itself from its opener is not the page's any more, but still the context's.
      const [popup] = await Promise.all([page.context().waitForEvent('page'), button(name).click()])
      return tabOf(popup)
    },
    pressAndClose: (name) => closing(page, () => button(name).click()),
    fill: (label, value) => page.getByLabel(label, { exact: true }).fill(value),
    see: (words) => page.getByText(words).first().waitFor(),
    url: async () => page.url(),
    evaluate: async (expression) => String(await page.evaluate(expression)),
  }
}
