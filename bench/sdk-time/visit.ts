import type { Browser, BrowserContext, Page } from 'playwright-core'
import { chunksOf } from '../measure.ts'
import { provide } from './provider.ts'

interface App {
  login(): Promise<unknown>
  handleRedirect(): Promise<unknown>
  restore(): Promise<boolean>
}

declare global {
  interface Window {
    /** The app that is measured, once it is imported. */
    app?: App
  }
}

/** Milliseconds of a page's main thread, by what was done. */
export interface Times {
  readonly import: number
  readonly login: number
  readonly restore: number
  readonly check: number
}

/** The files of an app by their names, and which of them a page imports. */
export interface Files {
  readonly entry: string
  readonly code: ReadonlyMap<string, string>
}

/** Bundles the source of an app. */
export async function filesOf(input: string): Promise<Files> {
  const chunks = await chunksOf(input)
  const entry = chunks.find(({ isEntry }) => isEntry)?.fileName ?? ''
  return { entry, code: new Map(chunks.map(({ fileName, code }) => [fileName, code])) }
}

const origin = 'http://localhost'
/** How often a token is asked for in a row: once is less than can be told. */
const checks = 50

/** Opens an app, logs in, opens it again, and says what each cost. @throws Error when the login is not there afterwards */
export async function visit(browser: Browser, files: Files): Promise<Times> {
  const context = await browser.newContext()
  try {
    await provide(context)
    await serve(context, files)
    const page = await context.newPage()
    await page.goto(origin)
    const imported = await time(page, () => load(page, files.entry))
    const login = await logIn(page, files.entry)
    await page.goto(origin)
    await load(page, files.entry)
    let isThere: boolean | undefined
    const restore = await time(page, async () => {
      isThere = await page.evaluate(() => window.app?.restore())
    })
    if (!isThere) throw new Error(`${files.entry} has forgotten its login`)
    const check = await time(page, () => askForToken(page))
    return { import: imported, login, restore, check: check / checks }
  } finally {
    await context.close()
  }
}

async function serve(context: BrowserContext, { code }: Files): Promise<void> {
  const html = '<!doctype html><title>App</title><link rel="icon" href="data:,">'
  await context.route(`${origin}/**`, (route) => {
    const body = code.get(new URL(route.request().url()).pathname.slice(1))
    return route.fulfill(
      body === undefined
        ? { contentType: 'text/html', body: html }
        : { contentType: 'text/javascript', body },
    )
  })
}

// In words, as what runs the tests has an import of its own.
const load = (page: Page, entry: string) =>
  page.evaluate(`import('/${entry}').then((app) => { window.app = app })`)

const askForToken = (page: Page) =>
  page.evaluate(async (times) => {
    for (let done = 0; done < times; done += 1) await window.app?.restore()
  }, checks)

const handleRedirect = (page: Page) => page.evaluate(() => window.app?.handleRedirect())

/** What a login costs the page that asks for it; a client without a popup handles the answer there as well. */
async function logIn(page: Page, entry: string): Promise<number> {
  let hasPopup = false
  page.on('popup', (popup) => {
    hasPopup = true
    // It closes itself, at whatever moment its client likes.
    handleAnswer(popup, entry).catch(() => {})
  })
  const asked = await time(page, () => page.evaluate(() => window.app?.login()))
  if (hasPopup) return asked
  await page.waitForURL(/callback/)
  await load(page, entry)
  return asked + (await time(page, () => handleRedirect(page)))
}

async function handleAnswer(popup: Page, entry: string): Promise<void> {
  await popup.waitForURL(/callback/)
  await load(popup, entry)
  await handleRedirect(popup)
}

/** For how long the main thread of a page is busy meanwhile, in milliseconds of the processor. */
async function time(page: Page, run: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
  }
  const before = await busy()
  await run()
  return (await busy()) - before
}
