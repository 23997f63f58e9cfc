import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { allow, openPopup, pressAndClose } from '../harness/people.ts'
import { type Newcomer, readAsOwner, signUp, type Walk } from './newcomer.ts'
import type { Reader } from './reader.ts'
import { byPackage, byPython, byRequests } from './requests.ts'

/** By a template: what the page says to paste, and the page that then runs. */
const byTemplate =
  (title: string): Walk =>
  async ({ reader, terminal, newcomer }) => {
    await reader.turnTo(title)
    const run = terminal.paste(await reader.copy('--template'))
    const address = await run.until(/Local:\s+(http:\S+)/)
    await logInAsNewcomer(await open(address, reader), newcomer)
  }

/** By one file, with a key of one's own. */
const byHand: Walk = async ({ reader, terminal, newcomer }) => {
  const page = await readAsOwner('A web page', 'http://localhost:3000/', reader, newcomer)
  writeFileSync(join(terminal.folder, 'index.html'), await reader.copy('<login-with-audius'))
  const run = terminal.paste(await reader.copy('vite'))
  await page.goto(await run.until(/Local:\s+(http:\S+)/))
  const popup = await openPopup(page)
  await pressAndClose(popup, 'Allow')
  await page.getByText(newcomer.name).waitFor()
}

/** By a program in a terminal, which says where to log in. */
const byProgram: Walk = async ({ reader, terminal, newcomer }) => {
  await reader.turnTo('A command-line tool')
  const run = terminal.paste(await reader.copy('--template'))
  const page = await open(await run.until(/^Log in at (.*)/), reader)
  await page.getByRole('link', { name: 'Sign up' }).click()
  await signUp(page, newcomer)
  await allow(page)
  await run.until(new RegExp(`^Hello ${newcomer.name}$`))
  await run.done()
}

/** Every way that a stranger is led, by the words of the documentation's contents. */
export const strangersWalks: Readonly<Record<string, Walk>> = {
  'A web page, one file': byHand,
  'A web page': byTemplate('A web page'),
  React: byTemplate('React'),
  Vue: byTemplate('Vue'),
  Svelte: byTemplate('Svelte'),
  'Next.js': byTemplate('Next.js'),
  'A command-line tool': byProgram,
  Python: byPython,
  'By hand': byRequests,
  'The package': byPackage,
}

async function open(address: string, reader: Reader): Promise<Page> {
  const page = await reader.page.context().newPage()
  await page.goto(address)
  return page
}

async function logInAsNewcomer(page: Page, newcomer: Newcomer): Promise<void> {
  const popup = await openPopup(page)
  await popup.getByRole('link', { name: 'Sign up' }).click()
  await signUp(popup, newcomer)
  await pressAndClose(popup, 'Allow')
  await page.getByText(`Hello ${newcomer.name}`).waitFor()
}
