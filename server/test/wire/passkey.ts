import {
  type Browser,
  formTo,
  type Person,
  type Shown,
  signedIn,
  wordsOf,
} from '@stagedoor/testkit/wire-browser'
import { expect } from 'vitest'
import { Authenticator } from './authenticator.ts'

/** Asks, with the password, what a device is to make a passkey of. */
export async function creationFor(browser: Browser, person: Person) {
  const { fields } = formTo(await browser.open('/account/security'), '/account/passkeys')
  const password = { ...fields, password: person.password }
  return JSON.parse((await browser.post('/account/passkeys/options', password)).text).options
}

/** Sends what a device made from the account's own page. */
export async function addPasskey(browser: Browser, credential: string): Promise<Shown> {
  const form = formTo(await browser.open('/account/security'), '/account/passkeys')
  return browser.submit(form, { credential })
}

/** Somebody's new passkey. */
export async function passkeyOf(person: Person, url: string): Promise<Authenticator> {
  const browser = await signedIn(url, person)
  const device = new Authenticator(url)
  const shown = await addPasskey(browser, device.create(await creationFor(browser, person)))
  expect(wordsOf(shown)).toContain('Your passkey is added')
  return device
}
