import type { BrowserContext, Locator, Page, Request, Route } from 'playwright-core'
import { reach } from './people.ts'

/** What people do on the example's pages, in the words that are on them. */

/** Milliseconds that a file may take until the server has made of it what is served. */
const made = { timeout: 20_000 }

export const choose = (page: Page, noun: 'audio' | 'cover', file: string): Promise<void> =>
  page.getByLabel(`Choose the ${noun}`).setInputFiles(file)

/** Where it says how far a file is. */
export const fileOf = (page: Page, noun: 'audio' | 'cover'): Locator =>
  page.getByRole('group', { name: `The ${noun}` })

export const ready = (page: Page, noun: 'audio' | 'cover'): Promise<void> =>
  fileOf(page, noun).getByText('Ready · ').waitFor(made)

/** Publishes what is ready, and waits for its page. */
export async function publish(page: Page, genre = 'Electronic'): Promise<void> {
  await page.getByLabel('Genre').selectOption(genre)
  await page.getByRole('button', { name: 'Publish' }).click()
  await reach(page, /#\/tracks\/\w+$/, made)
}

export interface Hold {
  /** The request whose bytes are held back: those of earlier ones have arrived. */
  readonly held: Promise<Route>
  /** Lets all bytes through from now on. */
  end(): Promise<void>
}

/** Lets the first bytes of an upload through, and holds back those that follow. */
export async function holdBytes(page: Page): Promise<Hold> {
  const held = Promise.withResolvers<Route>()
  let count = 0
  const handle = (route: Route) => {
    if (route.request().method() !== 'PATCH') return route.continue()
    count += 1
    if (count === 1) return route.continue()
    return held.resolve(route)
  }
  await page.route('**/files/**', handle)
  return { held: held.promise, end: () => page.unroute('**/files/**', handle) }
}

/** The requests of uploads from now on: method and, with bytes, where they begin. */
export function uploadRequests(context: BrowserContext): string[] {
  const seen: string[] = []
  context.on('request', (request: Request) => {
    if (!request.url().includes('/files/')) return
    const offset = request.headers()['upload-offset']
    seen.push(offset === undefined ? request.method() : `${request.method()} from ${offset}`)
  })
  return seen
}
