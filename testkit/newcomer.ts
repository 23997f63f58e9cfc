import { randomBytes } from 'node:crypto'
import { Browser, formTo, type Person } from './wire-browser.ts'

/** Somebody who has just signed up, and the browser they did it in. */
export interface Newcomer<S> {
  readonly person: Person
  readonly email: string
  readonly browser: Browser
  readonly server: S
}

/** Signs somebody up by the page, whose email is then confirmed as the server does it. */
export async function newcomer<S extends { readonly url: string }>(
  server: S,
  name: string = 'Robin',
): Promise<Newcomer<S>> {
  const unique = randomBytes(5).toString('hex')
  const person = { handle: `p_${unique}`, password: `pass-phrase ${unique}` }
  const email = `${person.handle}@example.com`
  const browser = new Browser(server.url)
  const form = formTo(await browser.open('/sign-up'), '/sign-up')
  const shown = await browser.submit(form, { ...person, name, email })
  if (shown.status !== 200) throw new Error(`${person.handle} cannot sign up: ${shown.status}`)
  return { person, email, browser, server }
}
