import { fileServer } from '@stagedoor/testkit/server'
import { appAndBrowser, post } from '@stagedoor/testkit/wire-app'
import { expect, test } from 'vitest'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)

const median = (times: readonly number[]) =>
  times.toSorted((one, other) => one - other)[times.length >> 1] ?? 0

test('how long a refusal takes tells nothing of a token: it is found by its digest alone (TK-20)', async () => {
  const { refresh } = await app.pair(browser)
  const other = await server.register('Another', 'https://another.example/cb')
  // One that begins as a real one does, one of another client, and one that nobody ever had.
  const tokens = {
    close: `${refresh.slice(0, -8)}AAAAAAAA`,
    foreign: refresh,
    unknown: `sdrt_${'A'.repeat(49)}`,
  }
  const times: Record<keyof typeof tokens, number[]> = { close: [], foreign: [], unknown: [] }
  const ask = async (kind: keyof typeof tokens) => {
    const body = { grant_type: 'refresh_token', refresh_token: tokens[kind], client_id: other }
    const start = performance.now()
    const answer = await post(`${server.url}/v1/oauth/token`, JSON.stringify(body), 'application/json')
    expect(answer.body['error']).toBe('invalid_grant')
    return performance.now() - start
  }
  // In turns, so that whatever else the machine does falls on all alike; as often as a network may send wrong grants.
  for (let time = 0; time < 80; time += 1)
    for (const kind of ['close', 'foreign', 'unknown'] as const) times[kind].push(await ask(kind))
  // Only a network's noise apart: a comparison letter by letter would be lost in it, a second way through the store would not.
  expect(median(times.close) / median(times.unknown)).toBeLessThan(3)
  expect(median(times.foreign) / median(times.unknown)).toBeLessThan(3)
})
