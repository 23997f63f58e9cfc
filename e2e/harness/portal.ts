import type { Page } from 'playwright-core'
import { type Site, serve } from './web.ts'

/** What a developer does on the pages of the portal, in the words that are on them. */

/** Registers an app on the page of one’s apps; answers its API key. */
export async function createApp(
  page: Page,
  { name, redirectUri }: { readonly name: string; readonly redirectUri: string },
): Promise<string> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Redirect URIs for development').fill(redirectUri)
  await page.getByRole('button', { name: 'Create app' }).click()
  await page.getByRole('status').getByText('Your app is registered').waitFor()
  return (await page.locator('#api-key').textContent()) ?? ''
}

/** A site whose every page is the one that its developer pasted last. */
export async function emptySite(): Promise<Site & { paste(page: string): void }> {
  let body = '<!doctype html><title>Empty</title>'
  const site = await serve((path) =>
    path === '/favicon.ico' ? null : { type: 'text/html; charset=utf-8', body },
  )
  return {
    ...site,
    paste: (page) => {
      body = page
    },
  }
}
