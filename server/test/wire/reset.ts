import { newcomer } from '@stagedoor/testkit/newcomer'
import type { TestServer } from '@stagedoor/testkit/server'
import { Browser, formTo, type Person, type Shown, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect } from 'vitest'
import { mailTo } from './mail.ts'

/** Behind a proxy on this machine, so that a test says which network it comes from. */
export const trusting = { TRUSTED_PROXIES: '127.0.0.1,::1' }
export const chosen = 'a new pass-phrase'
let networks = 0

/** A network that no test has come from. */
export function newNetwork(): string {
  networks += 1
  return `198.51.${Math.floor(networks / 250)}.${networks % 250}`
}

/** Asks for a link to a new password; from a network of its own, unless one is given. */
export async function ask(on: TestServer, login: string, from: string = newNetwork()): Promise<Shown> {
  const browser = new Browser(on.url)
  const { fields } = formTo(await browser.open('/reset-password'), '/reset-password')
  return browser.post('/reset-password', { ...fields, login }, { 'x-forwarded-for': from })
}

/** The mails to an address that hold a link to a new password, the newest first. */
export const linksTo = async (on: TestServer, email: string) =>
  (await mailTo(email, on)).filter(({ subject }) => subject.startsWith('Reset'))

/** Waits for the mail that an answer has left to be sent; answers its link. */
export async function linkTo(on: TestServer, email: string): Promise<string> {
  await expect.poll(() => linksTo(on, email)).not.toEqual([])
  return (await linksTo(on, email))[0]?.link ?? ''
}

/** A link to a new password of somebody new. */
export async function newLink(on: TestServer) {
  const somebody = await newcomer(on)
  await ask(on, somebody.email)
  return { ...somebody, link: await linkTo(on, somebody.email) }
}

/** Opens a link and sets a password. */
export async function setOn(browser: Browser, link: string, fields: Readonly<Record<string, string>> = {}) {
  const page = await browser.open(link)
  return browser.submit(formTo(page, '/reset-password/new'), { new_password: chosen, ...fields })
}

export const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.open('/account')).url === `${browser.origin}/account`

export const canSignIn = async (on: TestServer, person: Person, password: string): Promise<boolean> =>
  isSignedIn(await signedIn(on.url, { ...person, password }))
