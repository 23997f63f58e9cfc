import type { Page } from 'playwright-core'
import type { Fault, FaultProxy } from './fault-proxy.ts'
import * as faults from './faults.ts'

/** A page in a browser of its own, whose person is logged in. */
export interface Visit {
  readonly page: Page
  readonly origin: string
  readonly proxy: FaultProxy
  /** Leads through a login as far as the callback page. */
  logIn(): Promise<void>
  /** The status with which the server meets an access token. */
  statusOf(token: string): Promise<number>
}

export interface Accident {
  readonly what: string
  readonly when: string
  /** Lets it happen; answers whether all was well in the end, without a new login. */
  happens(visit: Visit): Promise<boolean>
}

const TOKEN = '/v1/oauth/token'
const PROFILE = '/v1/me'
const REVOKE = '/v1/oauth/revoke'
/** A page that has not recovered until then, in milliseconds, has lost. */
const RECOVERED_WITHIN_MS = 16_000
/** The same for a page that was just opened, where nothing is late. */
const OPENED_WITHIN_MS = 6000
const POLL_MS = 500
/** Longer than a refresh token that was used answers again. */
const SLEEP_MS = 12_000

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Asks until something is so; answers false when it never is. */
async function comesTrue(isSo: () => Promise<boolean>, within: number): Promise<boolean> {
  const deadline = performance.now() + within
  do {
    if (await isSo()) return true
    await sleep(POLL_MS)
  } while (performance.now() < deadline)
  return false
}

/** What a page says; false while it is being left or says an error. */
const asked = (page: Page, question: 'whoIsIt' | 'refresh'): Promise<boolean> =>
  page
    .evaluate(async (name) => {
      if (!window.client) return false
      const answer = await window.client[name]().catch(() => false)
      return name === 'refresh' ? answer !== false : Boolean(answer)
    }, question)
    .catch(() => false)

const isLoggedIn = ({ page }: Visit) => comesTrue(() => asked(page, 'whoIsIt'), RECOVERED_WITHIN_MS)

const during =
  (fault: Fault) =>
  async (visit: Visit): Promise<boolean> => {
    const met = visit.proxy.fail(visit.origin, TOKEN, fault)
    await visit.logIn()
    await met
    return isLoggedIn(visit)
  }

async function reloaded(visit: Visit): Promise<boolean> {
  const met = visit.proxy.fail(visit.origin, TOKEN, faults.answerHangs)
  await visit.logIn()
  await met
  await visit.page.reload()
  return isLoggedIn(visit)
}

/** The app needs a new token, and asks again as long as it gets none, as does the next page that is opened. */
const refreshing =
  (fault: Fault, sleeps = 0) =>
  async (visit: Visit): Promise<boolean> => {
    const { page, origin, proxy } = visit
    await visit.logIn()
    if (!(await isLoggedIn(visit))) throw new Error('Nobody could log in.')
    const met = proxy.fail(origin, TOKEN, fault)
    const first = asked(page, 'refresh')
    await met
    await proxy.offline(origin, sleep(sleeps))
    await first
    if (await comesTrue(() => asked(page, 'refresh'), POLL_MS)) return true
    await page.reload()
    return comesTrue(() => asked(page, 'refresh'), OPENED_WITHIN_MS)
  }

const reading =
  (fault: Fault) =>
  async (visit: Visit): Promise<boolean> => {
    await visit.logIn()
    if (!(await isLoggedIn(visit))) throw new Error('Nobody could log in.')
    const met = visit.proxy.fail(visit.origin, PROFILE, fault)
    asked(visit.page, 'whoIsIt')
    await met
    return isLoggedIn(visit)
  }

/** The person logs out, and comes back later: the token that they had must be worth nothing by then. */
const loggingOut =
  (fault: Fault) =>
  async (visit: Visit): Promise<boolean> => {
    const { page, origin, proxy } = visit
    await visit.logIn()
    if (!(await isLoggedIn(visit))) throw new Error('Nobody could log in.')
    const token = proxy.issued(origin) ?? ''
    const met = proxy.fail(origin, REVOKE, fault)
    const out = page.evaluate(() => window.client?.logout().catch(() => {}))
    await met
    await out
    await page.reload()
    return comesTrue(async () => (await visit.statusOf(token)) === 401, OPENED_WITHIN_MS)
  }

const of = (when: string, rows: readonly (readonly [what: string, happens: Accident['happens']])[]) =>
  rows.map(([what, happens]): Accident => ({ when, what, happens }))

/** What happens once, at the worst moment. */
export const accidents: readonly Accident[] = [
  ...of('the exchange of the code', [
    ['never arrives', during(faults.neverArrives)],
    ['is done, its answer is lost', during(faults.answerIsLost)],
    ['meets 503', during(faults.busy)],
    ['meets a captive portal: 200, HTML', during(faults.portal)],
    ['meets a firewall: 403, HTML', during(faults.firewall)],
    ['is answered after 12 s', during(faults.late(12_000))],
    ['is done while the page is reloaded', reloaded],
  ]),
  ...of('a refresh', [
    ['never arrives', refreshing(faults.neverArrives)],
    ['is done, its answer is lost', refreshing(faults.answerIsLost)],
    ['is done, its answer is lost, then 12 s without a network', refreshing(faults.answerIsLost, SLEEP_MS)],
    ['meets 503', refreshing(faults.busy)],
    ['meets 429, asking to wait', refreshing(faults.tooMany)],
    ['meets a captive portal: 200, HTML', refreshing(faults.portal)],
    ['meets a firewall: 403, HTML', refreshing(faults.firewall)],
    ['is answered after 12 s', refreshing(faults.late(12_000))],
  ]),
  ...of('the profile', [
    ['is answered, and the answer is lost', reading(faults.answerIsLost)],
    ['meets 503', reading(faults.busy)],
    ['meets a captive portal: 200, HTML', reading(faults.portal)],
  ]),
  ...of('a logout', [
    ['never arrives', loggingOut(faults.neverArrives)],
    ['is done, its answer is lost', loggingOut(faults.answerIsLost)],
    ['meets 503', loggingOut(faults.busy)],
    ['meets a captive portal: 200, HTML', loggingOut(faults.portal)],
  ]),
]
