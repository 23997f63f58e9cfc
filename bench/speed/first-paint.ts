import type { Browser } from 'playwright-core'
import { startBrowser } from '../../e2e/harness/browser.ts'
import { median } from '../median.ts'
import type { Installed } from './stagedoor.ts'

/**
 * Milliseconds from an app's request to the first words of the page where one signs in, in Chromium: the median of visits by as
 * many new browsers.
 * @returns null where there is no Chromium
 */
export async function firstPaint({ server, authorize }: Installed, visits: number): Promise<number | null> {
  const browser = await chromium()
  if (browser === null) return null
  try {
    const times: number[] = []
    // The first warms Chromium up.
    for (let visit = 0; visit <= visits; visit += 1) {
      const time = await paintOf(browser, server.url + authorize('read').path)
      if (visit > 0) times.push(time)
    }
    return Math.round(median(times))
  } finally {
    await browser.close()
  }
}

async function chromium(): Promise<Browser | null> {
  try {
    return await startBrowser()
  } catch {
    return null
  }
}

async function paintOf(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(url)
    return await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const observer = new PerformanceObserver((list) => {
            const [first] = list.getEntriesByName('first-contentful-paint')
            if (first) resolve(first.startTime)
          })
          observer.observe({ type: 'paint', buffered: true })
        }),
    )
  } finally {
    await context.close()
  }
}
