import type { BrowserContext, Locator, Page } from 'playwright-core'

/** Somebody who reads the documentation of a server in a browser of their own, and copies what stands there. */
export interface Reader {
  readonly page: Page
  /** The pages and the first lines of what was copied. */
  readonly copied: readonly Copied[]
  /** Goes to a page by the links that are shown, from the first page on. */
  turnTo(title: string): Promise<void>
  /** Copies the snippet that holds some words, by its button. */
  copy(words: string | RegExp): Promise<string>
}

/** A snippet that somebody copied: the page's address below `/docs/`, and its text as the page shows it. */
export interface Copied {
  readonly at: string
  readonly text: string
}

/** Opens the documentation, from which everything else is found. */
export async function openDocs(context: BrowserContext, url: string, copied: Copied[]): Promise<Reader> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url })
  const page = await context.newPage()
  await page.goto(`${url}/docs`)
  return {
    page,
    copied,
    async turnTo(title) {
      await page
        .getByRole('navigation', { name: 'Documentation' })
        .getByRole('link', { name: title, exact: true })
        .click()
      await page.getByRole('heading', { level: 1 }).waitFor()
    },
    async copy(words) {
      const snippet = page.locator('.snippet', { hasText: words }).first()
      const text = await pressCopy(page, snippet)
      copied.push({ at: new URL(page.url()).pathname.replace(/^\/docs\/?/, ''), text })
      return text
    },
  }
}

async function pressCopy(page: Page, snippet: Locator): Promise<string> {
  await page.bringToFront()
  await snippet.hover()
  await snippet.getByRole('button', { name: 'Copy' }).click()
  await snippet.getByRole('button', { name: 'Copied' }).waitFor()
  return page.evaluate(() => navigator.clipboard.readText())
}
