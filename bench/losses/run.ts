import { parseArgs } from 'node:util'
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
/** A trial that has not come to an end by then, in milliseconds, never does: the longest accident takes half of it. */
const TRIAL_WITHIN_MS = 120_000

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
  let limit: NodeJS.Timeout | undefined
  const unended = new Promise<null>((resolve) => {
    limit = setTimeout(resolve, TRIAL_WITHIN_MS, null)
  })
  const happening = accident.happens(visit)
  // What is still waited for fails with the page.
  happening.catch(() => {})
  try {
    return { client, accident, isKept: await Promise.race([happening, unended]) }
  } finally {
    clearTimeout(limit)
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

const words = ({ isKept }: Outcome): string => (isKept === null ? 'did not end' : isKept ? 'well' : 'lost')

/** What is tried: all, or what is named by some of its words. */
interface Choice {
  readonly times: number
  readonly accident: string
  readonly client: string
}

async function main({ times, ...only }: Choice): Promise<readonly Outcome[]> {
  const [port, serverPort] = [await freePort(), await freePort()]
  const server = await startServer('losses', serverPort, `http://${host}`)
  const proxy = await startFaultProxy(port, serverPort)
  const browser = await startBrowser([`--host-resolver-rules=MAP ${host}:80 localhost:${port}`])
  const all = (await clients()).filter(({ name }) => name.includes(only.client))
  const chosen = accidents.filter(({ when, what }) => `${when} ${what}`.includes(only.accident))
  const waiting = Array.from({ length: times }, () =>
    chosen.flatMap((accident) => all.map((client) => ({ accident, client }))),
  ).flat()
  const outcomes: Outcome[] = []
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { client, accident } = next
      const outcome = await trial(client, accident, { browser, server, serverPort, proxy }).catch(untried)
      if (!outcome) continue
      outcomes.push(outcome)
      process.stderr.write(`${accident.when} ${accident.what}: ${client.name} ${words(outcome)}\n`)
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

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '1' },
    accident: { type: 'string', default: '' },
    client: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
})
const outcomes = await main({ ...values, times: Number(values.times) })
const table = tableOf(
  outcomes,
  (await clients()).filter(({ name }) => outcomes.some(({ client }) => client.name === name)),
  accidents.filter((one) => outcomes.some(({ accident }) => accident === one)),
)
console.log(`\n${table}`)
if (values.write && !values.accident && !values.client) write(table)
if (outcomes.some(({ client, isKept }) => client.name === 'Stagedoor' && !isKept)) process.exitCode = 1
