import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@stagedoor/testkit/ports'
import { type SmtpServer, startSmtpServer } from '@stagedoor/testkit/smtp-server'
import type { Browser, Page } from 'playwright-core'
import { allow, reach, signIn } from '../harness/people.ts'
import { createApp } from '../harness/portal.ts'
import { signUp } from './newcomer.ts'
import { caddyAuthority, startCaddy, startNginx } from './proxies.ts'
import type { Reader } from './reader.ts'
import { onThisMachine, type Place } from './substitutions.ts'
import type { Run, Terminal } from './terminal.ts'

const newcomer = { handle: 'first_person', name: 'Robin Marsh' }
const person = { handle: newcomer.handle, password: `pass-phrase of ${newcomer.handle}` }

/** Somebody who runs a server by the documentation: its address, their terminal, and what they read. */
interface Operator {
  readonly reader: Reader
  readonly terminal: Terminal
  readonly browser: Browser
  readonly mail: SmtpServer
  readonly url: string
  readonly place: Place
}

/** From a copy of the repository to a server that people log in at, its backup, and back from that. */
export async function operatorsWalk(reader: Reader, terminal: Terminal, browser: Browser): Promise<void> {
  const mail = await startSmtpServer()
  const publicPort = await freePort()
  const place = {
    folder: terminal.folder,
    serverPort: await freePort(),
    publicPort,
    mailPort: mail.port,
    apiKey: '',
  }
  try {
    await operate({ reader, terminal, browser, mail, place, url: `https://localhost:${publicPort}` })
  } finally {
    mail.stop()
  }
}

async function operate(operator: Operator): Promise<void> {
  const { reader, terminal, place } = operator
  const folder = copyOfTheRepository(terminal)
  mkdirSync(join(terminal.folder, 'backups'))
  const environment = { NODE_EXTRA_CA_CERTS: caddyAuthority(place) }
  const paste = async (words: string, filled = place, before = '') =>
    terminal.paste(`cd ${folder}\n${before}${onThisMachine(await reader.copy(words), filled)}`, environment)

  await reader.turnTo('Deploying')
  await (await paste('/etc/stagedoor.env <<')).done()
  const caddy = startCaddy(onThisMachine(await reader.copy('reverse_proxy'), place), terminal)
  await caddy.until(/serving initial configuration/)
  await reader.turnTo('Running your own')
  const settings = `set -a && . ${place.folder}/stagedoor.env && set +a\n`
  const server = await paste('npm ci', place, settings)
  await server.until(/Stagedoor serves/)

  const apiKey = await setItUp(operator)
  const filled = { ...place, apiKey }
  const accounts = await (await paste('app add-redirect', filled)).done()
  if (!accounts.includes('maya')) throw new Error(`Maya has no account:\n${accounts}`)
  const audit = await paste('audit --follow', filled)
  const logs = await paste('logs API_KEY', filled)
  await logs.until(/"outcome":/)
  if (!audit.isUnderWay()) await audit.done()
  await Promise.all([logs.interrupt(), audit.interrupt()])

  const backup = await reader.copy('stagedoor restore')
  const [save = '', restore = ''] = onThisMachine(backup, place).split('\n')
  await terminal.paste(`cd ${folder}\n${save}`).done()
  await server.interrupt()
  await terminal.paste(`cd ${folder}\n${restore.replace('#', '--replace #')}`).done()

  await reader.turnTo('Deploying')
  const again = await paste('npx stagedoor doctor')
  await again.until(/Stagedoor serves/)
  await logInAgain(operator, apiKey)
  await caddy.interrupt()
  const nginx = startNginx(place, terminal)
  await untilAnswered(operator, nginx)
  await logInAgain(operator, apiKey)
  await nginx.interrupt()
  await again.interrupt()
}

/** What a clone of the repository holds, with what is changed in it now. */
function copyOfTheRepository(terminal: Terminal): string {
  const root = new URL('../../', import.meta.url).pathname
  const folder = join(terminal.folder, 'stagedoor')
  mkdirSync(folder)
  execFileSync('bash', [
    '-c',
    `cd ${root} && git ls-files -z --cached --others --exclude-standard | tar c --null -T - | tar x -C ${folder}`,
  ])
  return folder
}

async function newPage({ browser }: Operator): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  context.setDefaultTimeout(30_000)
  return context.newPage()
}

/** Opens an account, confirms its email by the mail that comes, registers an app and logs in to it; answers its key. */
async function setItUp(operator: Operator): Promise<string> {
  const page = await newPage(operator)
  await page.goto(`${operator.url}/sign-up?next=/developers`)
  await signUp(page, newcomer)
  await page.goto(await linkInMail(operator.mail))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('heading', { name: 'Your email is confirmed' }).waitFor()
  await page.goto(`${operator.url}/developers`)
  const apiKey = await createApp(page, { name: 'First app', redirectUri: 'https://first.example/callback' })
  await testLogin(page)
  // What the log of the app has to tell of.
  const query = new URLSearchParams({
    client_id: apiKey,
    redirect_uri: 'https://first.example/else',
    response_type: 'code',
  })
  await page.goto(`${operator.url}/v1/oauth/authorize?${query}`)
  await page.context().close()
  return apiKey
}

async function testLogin(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Test login' }).click()
  await page.getByRole('button', { name: 'Test login' }).click()
  await allow(page)
  await page.getByText('The login works').waitFor()
}

/** What was there is there: the account, its password and the app. */
async function logInAgain(operator: Operator, apiKey: string): Promise<void> {
  const page = await newPage(operator)
  await page.goto(`${operator.url}/developers/${apiKey}`)
  await signIn(page, person)
  await reach(page, `${operator.url}/developers/${apiKey}`)
  await testLogin(page)
  await page.context().close()
}

async function linkInMail({ received }: SmtpServer): Promise<string> {
  for (let waited = 0; waited < 300 && received.length === 0; waited += 1)
    await new Promise((resolve) => setTimeout(resolve, 100))
  const text = (received[0]?.data ?? '').replaceAll('=\n', '').replaceAll('=3D', '=')
  const [link] = /https:\/\/\S+/.exec(text) ?? []
  if (link === undefined) throw new Error(`No mail came with a link: ${text}`)
  return link
}

/** A proxy that has just been started is asked until it answers. */
async function untilAnswered(operator: Operator, proxy: Run): Promise<void> {
  const page = await newPage(operator)
  for (let tries = 0; tries < 100; tries += 1) {
    const status = await page.goto(operator.url).then(
      (answer) => answer?.status(),
      () => null,
    )
    if (status === 200) return page.context().close()
    if (!proxy.isUnderWay()) await proxy.done()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`Nothing answers at ${operator.url}.`)
}
