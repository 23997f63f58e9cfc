import { randomBytes } from 'node:crypto'
import type { TestServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { type Browser, formTo, type Shown, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect } from 'vitest'
import { redirectUri } from './developer.ts'

/** A name that no app has. */
export const newName = (): string => `App ${randomBytes(6).toString('hex')}`

/** Registers an app on the page; answers where that leads. */
export async function create(
  browser: Browser,
  fields: Readonly<Record<string, string>> = {},
): Promise<Shown> {
  const form = formTo(await browser.open('/developers'), '/developers')
  return browser.submit(form, {
    name: newName(),
    redirect_uris: redirectUri,
    development_uris: '',
    ...fields,
  })
}

/** The API key that a page shows. */
export const keyOn = (page: Shown): string => /<code id="api-key">([0-9a-f]{40})</.exec(page.text)?.[1] ?? ''

/** Somebody with an app, and its page. */
export async function developerOf(server: TestServer, fields?: Readonly<Record<string, string>>) {
  const browser = await signedIn(server.url)
  const apiKey = keyOn(await create(browser, fields))
  const path = `/developers/${apiKey}`
  return {
    browser,
    apiKey,
    path,
    app: new App(server.url, { apiKey }, redirectUri),
    save: async (changes: Readonly<Record<string, string>>) =>
      browser.submit(formTo(await browser.open(path), path), changes),
    stored: async () => (await server.store.findApp(apiKey)) ?? expect.unreachable(),
  }
}
