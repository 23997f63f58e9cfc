import { freePort } from '@stagedoor/testkit/ports'
import type { Browser, Page } from 'playwright-core'
import { startBrowser, waitLimit } from '../../e2e/harness/browser.ts'
import { allow, signIn } from '../../e2e/harness/people.ts'
import { type Server, startServer } from '../../e2e/harness/server.ts'
import { type Accident, accidents, type Visit } from './accidents.ts'
import { type Client, clients } from './clients.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'
import { type Outcome, tableOf, write } from './report.ts'

/**
 * Lets every accident happen to every client, in Chromium, at a real server: `node losses/run.ts --times 3 --write`.
 * All of them meet the server by the name that @audius/sdk knows one under.
 */
const host = 'audius-api'

/** How many pages run at a time. */
const PAGES = 4

async function trial(
  client: Client,
  accident: Accident,
  world: { browser: Browser; server: Server; serverPort: number; proxy: FaultProxy },
): Promise<Outcome> {
  const { browser, server, serverPort, proxy } = world
  const site = await client.serve(server.url, server.apiKey)
  const context = await browser.newContext()
  context.setDefaultTimeout(waitLimit)
  const page = await context.newPage()
  const visit: Visit = {
    page,
    proxy,
    origin: site.origin,
    logIn: async () => {
      await page.goto(site.origin)
      await page.waitForFunction(() => window.client !== undefined)
      await page.evaluate(() => void window.client?.login())
      await signIn(page, server.sample('nova'))
      await allowOrReturn(page, site.origin)
    },
    statusOf: async (token) => {
      const headers = { authorization: `Bearer ${token}`, host }
      return (await fetch(`http://localhost:${serverPort}/v1/me`, { headers })).status
    },
  }
  try {
    const isKept = await accident.happens(visit)
    return { client, accident, isKept }
  } finally {
    await context.close()
    await site.stop()
  }
}

/** Answers the consent page, where there is one. */
async function allowOrReturn(page: Page, origin: string): Promise<void> {
  const isBack = page.waitForURL((url) => url.origin === origin, { waitUntil: 'commit' }).then(() => true)
  const isAsked = page
    .getByRole('button', { name: 'Allow', exact: true })
    .waitFor()
    .then(() => false)
  isAsked.catch(() => {})
  if (!(await Promise.race([isBack, isAsked]))) await allow(page)
  await isBack
}

/** A login that did not come as far as its accident says nothing of the client. */
function untried(error: unknown): null {
  console.error(error)
  process.exitCode = 1
  return null
}

async function main(times: number): Promise<readonly Outcome[]> {
  const [port, serverPort] = [await freePort(), await freePort()]
  const server = await startServer('losses', serverPort, `http://${host}`)
  const proxy = await startFaultProxy(port, serverPort)
  const browser = await startBrowser([`--host-resolver-rules=MAP ${host}:80 localhost:${port}`])
  const all = await clients()
  const waiting = Array.from({ length: times }, () =>
    accidents.flatMap((accident) => all.map((client) => ({ accident, client }))),
  ).flat()
  const outcomes: Outcome[] = []
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { client, accident } = next
      const outcome = await trial(client, accident, { browser, server, serverPort, proxy }).catch(untried)
      if (!outcome) continue
      outcomes.push(outcome)
      process.stderr.write(
        `${accident.when} ${accident.what}: ${client.name} ${outcome.isKept ? 'well' : 'lost'}\n`,
      )
    }
  }
  try {
    await Promise.all(Array.from({ length: PAGES }, work))
  } finally {
    await browser.close()
    await proxy.stop()
    await server.stop()
  }
  return outcomes
}

const { argv } = process
const times = Number(argv[argv.indexOf('--times') + 1] ?? 1)
const outcomes = await main(argv.includes('--times') ? times : 1)
const table = tableOf(outcomes, await clients(), accidents)
console.log(`\n${table}`)
if (argv.includes('--write')) write(table)
if (outcomes.some(({ client, isKept }) => client.name === 'Stagedoor' && !isKept)) process.exitCode = 1
