import type { Page } from 'playwright-core'
import { reach } from '../harness/people.ts'
import { createApp } from '../harness/portal.ts'
import type { Reader } from './reader.ts'
import type { Terminal } from './terminal.ts'

/** What somebody has who never saw this: the documentation's first page, and an empty folder. */
export interface Beginning {
  readonly reader: Reader
  readonly terminal: Terminal
  /** Whose account they open on the way. */
  readonly newcomer: Newcomer
}

export interface Newcomer {
  readonly handle: string
  readonly name: string
}

/** A way from the beginning to being logged in. */
export type Walk = (beginning: Beginning) => Promise<void>

/** Opens an account and registers an app; the page then has its key in the snippets. Answers another page of that browser. */
export async function readAsOwner(
  title: string,
  redirectUri: string,
  reader: Reader,
  newcomer: Newcomer,
): Promise<Page> {
  const { page } = reader
  await reader.turnTo(title)
  const docs = page.url()
  await page.getByRole('link', { name: 'Your apps', exact: true }).first().click()
  await page.getByRole('link', { name: 'Sign up' }).click()
  await signUp(page, newcomer)
  await createApp(page, { name: `App of ${newcomer.name}`, redirectUri })
  await page.goto(docs)
  await page.getByLabel('Key of').waitFor()
  return page.context().newPage()
}

/** Fills in the page that opens an account, as it asks. */
export async function signUp(page: Page, { handle, name }: Newcomer): Promise<void> {
  await reach(page, /\/sign-up/)
  await page.getByLabel('Handle').fill(handle)
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Email').fill(`${handle}@example.com`)
  await page.getByLabel('Password').fill(`pass-phrase of ${handle}`)
  await page.getByRole('button', { name: 'Sign up' }).click()
}
