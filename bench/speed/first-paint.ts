import type { Browser } from 'playwright-core'
import { startBrowser } from '../../e2e/harness/browser.ts'
import { median } from '../median.ts'
import type { BareRoute } from '../servers/route.ts'
import type { ServerProcess } from './processes.ts'
import type { Installed } from './stagedoor.ts'

/** Milliseconds until Chromium shows the first words of a page. */
export interface FirstPaint {
  /** Of the page where one signs in, from an app's request on. */
  readonly page: number
  /** Of a page with one word and nothing else, by a bare server. */
  readonly word: number
}

/**
 * Measures them by turns, in as many new browsers.
 * @returns the medians; null where there is no Chromium
 */
export async function firstPaint(
  { server, authorize }: Installed,
  bare: ServerProcess,
  visits: number,
): Promise<FirstPaint | null> {
  const browser = await chromium()
  if (browser === null) return null
  const word: BareRoute = { status: 200, type: 'text/html', bytes: 5, locationBytes: 0 }
  await bare.ask(JSON.stringify(word))
  try {
    const times: FirstPaint[] = []
    // The first warms Chromium up.
    for (let visit = 0; visit <= visits; visit += 1)
      times.push({
        page: await paintOf(browser, server.url + authorize('read').path),
        word: await paintOf(browser, bare.url),
      })
    const counted = times.slice(1)
    return { page: median(counted.map(({ page }) => page)), word: median(counted.map(({ word }) => word)) }
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
