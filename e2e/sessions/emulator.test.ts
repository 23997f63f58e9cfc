import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type NodeSdk, sdk } from '@stagedoor/sdk/node'
import { type StartedEmulator, startEmulator } from '@stagedoor/sdk/testing'
import { Browser, formTo } from '@stagedoor/testkit/wire-browser'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

/** Milliseconds that something takes. */
async function timeOf(something: () => unknown): Promise<number> {
  const begun = performance.now()
  await something()
  return Math.round(performance.now() - begun)
}

let emulator: StartedEmulator
const startOfNode = () => timeOf(() => once(spawn(process.execPath, ['--eval', '0']), 'exit'))
const before = await startOfNode()
const startMs = await timeOf(async () => {
  emulator = await startEmulator()
})
// A machine may become busy, or free, in between.
const bareMs = Math.max(before, await startOfNode())
console.log(`The emulator answered after ${startMs} ms, and Node with nothing to do after ${bareMs} ms.`)
afterAll(() => emulator.stop())
afterEach(() => emulator.endFaults())

/** An app of the command line; its person signs in and allows it without a browser's window. */
function appOf({ url, apiKey, users }: StartedEmulator): NodeSdk & { readonly logIn: () => Promise<void> } {
  const audius = sdk({ apiKey, appName: 'Stagedoor example', apiEndpoint: url })
  const [person] = users
  if (person === undefined) throw new Error('There is no sample account.')
  return {
    ...audius,
    logIn: () =>
      audius.oauth.login({
        redirectUri: 'http://127.0.0.1/callback',
        openUrl: async (address) => {
          const browser = new Browser(url)
          let page = await browser.open(new URL(address).pathname + new URL(address).search)
          if (page.leftFor === null) page = await browser.signIn(page, person)
          if (page.leftFor === null) page = await browser.submit(formTo(page, '/consent'))
          await fetch(page.leftFor ?? '')
        },
      }),
  }
}

// A machine that is busy takes its time for Node alone as well.
test('It starts in less than a second, or in the time of twenty-five starts of Node', () => {
  expect(startMs).toBeLessThan(Math.max(1_000, 25 * bareMs))
})

describe('What the SDK meets of a fault', () => {
  let app: ReturnType<typeof appOf>
  beforeEach(async () => {
    app = appOf(emulator)
    await app.logIn()
  })

  test('expired_token: the next call refreshes, and nobody notices', async () => {
    await emulator.fault('expired_token')
    expect(await app.oauth.getUser()).toMatchObject({ handle: 'nova' })
    const { faults, flows } = await emulator.state()
    expect(faults).toEqual([])
    expect(flows[0]).toMatchObject({ step: 'refresh', outcome: 'done' })
  })

  test('expired_token until it is ended: the token is refused, and the session stays', async () => {
    await emulator.fault('expired_token', { until: 'ended' })
    await expect(app.oauth.getUser()).rejects.toMatchObject({ code: 'unauthorized' })
    await emulator.endFaults()
    expect(await app.oauth.getUser()).toMatchObject({ handle: 'nova' })
  })

  test('offline: unreachable, and retryable', async () => {
    await emulator.fault('offline', { until: 'ended' })
    await expect(app.oauth.getUser()).rejects.toMatchObject({ code: 'unreachable', retryable: true })
  })

  test('rate_limited: rate_limited, with the milliseconds to wait', async () => {
    await emulator.fault('rate_limited', { until: 'ended', seconds: 7 })
    await expect(app.oauth.getUser()).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 7000 })
  })

  test('slow: timeout, once the SDK has waited as long as it does', async () => {
    await emulator.fault('slow', { seconds: 60, until: 'ended' })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const refused = expect(app.oauth.getUser()).rejects.toMatchObject({ code: 'timeout', retryable: true })
      await vi.waitUntil(() => vi.getTimerCount() > 0, { timeout: 15_000 })
      await vi.advanceTimersByTimeAsync(60_000)
      await refused
    } finally {
      vi.useRealTimers()
    }
  })

  test('consent_denied: access_denied, as if the person had cancelled', async () => {
    await emulator.fault('consent_denied')
    await expect(app.logIn()).rejects.toMatchObject({ code: 'access_denied', cancelled: true })
    const { flows } = await emulator.state()
    expect(flows[0]).toMatchObject({ step: 'authorize', outcome: 'cancelled', code: 'access_denied' })
  })

  test('reuse_detected: the session ends', async () => {
    await emulator.fault('reuse_detected')
    await emulator.fault('expired_token')
    await expect(app.oauth.getUser()).rejects.toMatchObject({ code: 'session_expired' })
    expect(await app.oauth.isAuthenticated()).toBe(false)
  })

  test('a fault of another app is none of ours', async () => {
    await emulator.fault('offline', { until: 'ended', apiKey: 'ab'.repeat(20) })
    expect(await app.oauth.getUser()).toMatchObject({ handle: 'nova' })
  })

  test('the clock goes on: the access token ends with its hour, and is renewed', async () => {
    await emulator.forward({ hours: 2 })
    expect(await app.oauth.getUser()).toMatchObject({ handle: 'nova' })
  })
})

test('A reset leaves the samples alone, at the machine’s time', async () => {
  const app = appOf(emulator)
  await app.logIn()
  await emulator.forward({ seconds: 90 })
  await emulator.fault('offline')
  await emulator.reset()
  expect(await emulator.state()).toMatchObject({ aheadSeconds: 0, faults: [], flows: [], mails: [] })
  await expect(app.oauth.getUser()).rejects.toMatchObject({ code: 'session_expired' })
  await app.logIn()
  expect(await app.oauth.getUser()).toMatchObject({ userId: 1 })
})

test('What cannot be is refused in words', async () => {
  await expect(emulator.forward({ seconds: -1 })).rejects.toThrow(/seconds must be a whole number/)
  await expect(emulator.fault('slow', { seconds: 0.5 })).rejects.toThrow(/seconds must be/)
  await expect(emulator.fault('offline', { apiKey: 'x' })).rejects.toThrow(/apiKey must be 40 hex digits/)
  await expect(
    startEmulator({ command: [process.execPath, '-e', 'console.error("no");process.exit(3)'] }),
  ).rejects.toThrow('The emulator ended with 3: no')
})
