import { hour, ownServer, type TestServer } from '@stagedoor/testkit/server'
import { Browser, formTo, jun, nova, type Shown, sam, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

/** The middle one of several durations. */
const median = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await action()
  return performance.now() - start
}

/** Sends the sign-up form with an address. */
async function signUp(server: TestServer, browser: Browser, email: string, handle: string): Promise<Shown> {
  const form = formTo(await browser.open('/sign-up'), '/sign-up')
  const { origin, ...fields } = { origin: server.url, name: 'N', password: 'some pass-phrase' }
  return browser.post(form.action, { ...form.fields, ...fields, email, handle }, { origin })
}

describe('which accounts there are', () => {
  test('is not told by how long a wrong password takes (AC-6)', async () => {
    const server = await ownServer()
    const browser = new Browser(server.url)
    const page = await browser.open('/sign-in')
    const wrong = (handle: string) => () => browser.signIn(page, { handle, password: 'wrong pass-phrase' })
    const [known, unknown]: [number[], number[]] = [[], []]
    // In turns, so that whatever else the machine does falls on both alike; eight wrong ones an account cost nothing.
    for (let time = 0; time < 8; time += 1)
      for (const [at, { handle }] of [nova, jun, sam].entries()) {
        known.push(await timed(wrong(handle)))
        unknown.push(await timed(wrong(`nobody_${at}`)))
      }
    expect(median(unknown) / median(known)).toBeGreaterThan(0.5)
    expect(median(unknown) / median(known)).toBeLessThan(2)
  })

  test('is not told by how long a sign-up with a taken address takes', async () => {
    const server = await ownServer()
    const [taken, free]: [number[], number[]] = [[], []]
    for (let time = 0; time < 12; time += 1) {
      const [one, other] = [new Browser(server.url), new Browser(server.url)]
      taken.push(await timed(() => signUp(server, one, 'nova@example.com', `taken_${time}`)))
      free.push(await timed(() => signUp(server, other, `free_${time}@example.com`, `free_${time}`)))
    }
    expect(median(taken) / median(free)).toBeGreaterThan(0.5)
    expect(median(taken) / median(free)).toBeLessThan(2)
  })

  test('is asked by sign-ups a hundred times an hour from a network without mail, and then no more', async () => {
    const server = await ownServer()
    const browser = new Browser(server.url)
    for (let time = 0; time < 100; time += 1)
      expect((await signUp(server, browser, 'nova@example.com', 'asks_on')).status).toBe(422)
    const later = await signUp(server, browser, 'nova@example.com', 'asks_on')
    expect(later.status).toBe(429)
    expect(Number(later.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(wordsOf(later)).toMatch(/Too many addresses from your network\. Wait \d+ second/)
    expect(formTo(later, '/sign-up').fields).toMatchObject({ handle: 'asks_on', email: 'nova@example.com' })
    // It says the same of an address that has no account.
    expect((await signUp(server, browser, 'nobody@example.com', 'asks_on')).status).toBe(429)
    server.advance(2 * hour)
    expect((await signUp(server, browser, 'nobody@example.com', 'asks_on')).status).toBe(303)
  })

  test('costs nobody who signs up, nor who mistypes', async () => {
    const server = await ownServer()
    for (let time = 0; time < 60; time += 1) {
      expect((await signUp(server, new Browser(server.url), 'mistyped', `person_${time}`)).status).toBe(422)
      const address = `person_${time}@example.com`
      expect((await signUp(server, new Browser(server.url), address, `person_${time}`)).status).toBe(303)
    }
  })
})
