import { runFastClock } from '@stagedoor/testkit/fast-clock'
import { answer, rejection, sdkIn, start } from '@stagedoor/testkit/sdk'
import { refusal, type TokenServer } from '@stagedoor/testkit/token-server'
import { expect, test } from 'vitest'
import { EXCHANGE_WITHIN } from '../src/durations.ts'

runFastClock()

type Handler = Parameters<TokenServer['on']>[1]

/** Processed, but the answer never arrives. */
const lost: Handler = (_call, response) => void response.destroy()
const busy = refusal(429, 'slow_down')

/** A popup login whose exchanges are answered by these, one after another, and the last for good. */
async function exchanging(...handlers: Handler[]) {
  const started = await start()
  const { server, browser } = started
  const left = [...handlers]
  server.on('/v1/oauth/token', (call, response) => {
    const handler = left.length > 1 ? left.shift() : left[0]
    return handler?.(call, response)
  })
  answer(browser.popup, { code: 'abc' })
  await sdkIn(browser.popup, server.url).handleRedirect()
  return started
}

test.each([
  [
    'was refused after its answer was lost is one that was interrupted',
    [lost, refusal(400, 'invalid_grant')],
    'login_interrupted',
  ],
  [
    'was refused after the server had been too busy for it is refused',
    [busy, refusal(400, 'invalid_grant')],
    'invalid_grant',
  ],
  [
    'fails in another way after its answer was lost says in which',
    [lost, refusal(400, 'invalid_client')],
    'token_refused',
  ],
] as const)('an exchange that %s', async (_, handlers, code) => {
  const { server, login } = await exchanging(...handlers)
  expect(await rejection(login)).toMatchObject({ code })
  expect(server.to('/v1/oauth/token')).toHaveLength(2)
})

test('an exchange is asked for again with longer and longer pauses, within the life of its code', async () => {
  const from = performance.now()
  const { server, login } = await exchanging(lost)
  expect(await rejection(login)).toMatchObject({ retryable: true })
  expect(performance.now() - from).toBeLessThan(EXCHANGE_WITHIN + 5000)
  // After 0, 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 seconds: the next would come after its end.
  expect(server.to('/v1/oauth/token')).toHaveLength(7)
})
