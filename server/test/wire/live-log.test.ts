import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { fileServer, ownServer, type TestServer } from '@stagedoor/testkit/server'
import { formTo, jun, nova, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, onTestFinished, test } from 'vitest'
import { type Developed, developed } from './developer.ts'

const server = await fileServer()

/** A log that is followed: what has come of it, and whether it has ended. */
async function followed(
  { browser, apiKey }: Pick<Developed, 'browser' | 'apiKey'>,
  from: TestServer = server,
) {
  const cookie = Array.from(browser.cookies, ([name, value]) => `${name}=${value}`).join('; ')
  // A connection of its own, and no spare one that a server which stops would have to wait for.
  const request = get(`${from.url}/developers/${apiKey}/log/events`, { headers: { cookie }, agent: false })
  onTestFinished(() => {
    request.destroy()
  })
  const [answer]: IncomingMessage[] = await once(request, 'response')
  if (answer === undefined) throw new Error('There was no answer.')
  const log = { answer, text: '', isOver: false, stop: () => request.destroy() }
  answer.setEncoding('utf8').on('data', (text) => {
    log.text += text
  })
  answer
    .on('error', () => {})
    .once('close', () => {
      log.isOver = true
    })
  return log
}

const news = ({ text }: { readonly text: string }) => text.match(/event: change\n/g)?.length ?? 0

test('a log that is followed tells its owner of what happens in this app, and holds nothing itself', async () => {
  const own = await developed(server, nova)
  const other = await developed(server, nova)
  const log = await followed(own)
  expect(log.answer.headers['content-type']).toBe('text/event-stream; charset=utf-8')
  expect(log.answer.headers['cache-control']).toBe('no-store')
  expect(log.answer.headers['access-control-allow-origin']).toBeUndefined()
  await other.app.refresh('sdrt_no')
  await own.app.refresh('sdrt_no')
  await expect.poll(() => news(log)).toBe(1)
  await own.app.refresh('sdrt_no')
  await expect.poll(() => news(log)).toBe(2)
  expect(log.text.replaceAll(/event: change\ndata:\n\n|:\n\n/g, '')).toBe('')
})

test('the first call of the API is told, and no call after it: they come by the hundred', async () => {
  const own = await developed(server, nova)
  const { access } = await own.app.pair(own.browser)
  const log = await followed(own)
  await own.app.me(access)
  await expect.poll(() => news(log)).toBe(1)
  for (let time = 0; time < 5; time += 1) await own.app.me(access)
  await own.app.refresh('sdrt_no')
  await expect.poll(() => news(log)).toBe(2)
  const second = await followed(own)
  await own.app.me(access)
  await expect.poll(() => news(second)).toBe(1)
  expect(news(log)).toBe(2)
})

test('what happens at once is told once', async () => {
  const own = await developed(server, nova)
  const log = await followed(own)
  await Promise.all(Array.from({ length: 50 }, () => own.app.refresh('sdrt_no')))
  await expect.poll(() => news(log)).toBeGreaterThan(0)
  expect(news(log)).toBeLessThan(10)
})

test('it ends with the session: nothing is told after signing out', async () => {
  const own = await developed(server, nova)
  const log = await followed(own)
  await own.browser.submit(formTo(await own.browser.open('/sign-out'), '/sign-out'))
  await own.app.refresh('sdrt_no')
  await expect.poll(() => log.isOver).toBe(true)
  expect(news(log)).toBe(0)
})

test('it ends with the app', async () => {
  const own = await developed(server, nova)
  const log = await followed(own)
  await own.app.refresh('sdrt_no')
  await server.store.deleteApp(own.apiKey, Date.now())
  await expect.poll(() => log.isOver).toBe(true)
  expect(news(log)).toBe(0)
})

test('five follow it, a sixth is refused, and takes the place of one that has gone', async () => {
  const own = await developed(server, nova)
  const logs = await Promise.all(Array.from({ length: 5 }, () => followed(own)))
  expect(logs.map(({ answer }) => answer.statusCode)).toEqual([200, 200, 200, 200, 200])
  expect((await followed(own)).answer.statusCode).toBe(429)
  logs[0]?.stop()
  await expect.poll(async () => (await followed(own)).answer.statusCode).toBe(200)
})

test('one developer, however many apps they have, leaves places to the others', async () => {
  const browser = await signedIn(server.url, nova)
  const keys: string[] = []
  for (let app = 0; app < 5; app += 1) keys.push((await developed(server, nova)).apiKey)
  const statuses: (number | undefined)[] = []
  for (const apiKey of keys)
    for (let page = 0; page < 5; page += 1)
      statuses.push((await followed({ browser, apiKey })).answer.statusCode)
  expect(statuses).toEqual([...Array(20).fill(200), ...Array(5).fill(429)])
  expect((await followed(await developed(server, jun))).answer.statusCode).toBe(200)
})

test('a server that stops ends what is followed, and does not wait for it', async () => {
  const stopping = await ownServer()
  const own = await developed(stopping, nova)
  const log = await followed(own, stopping)
  const from = performance.now()
  await stopping.stop()
  expect(performance.now() - from).toBeLessThan(5000)
  await expect.poll(() => log.isOver).toBe(true)
})

test('another site cannot read it: a browser gives it no cookie, and it answers no origin', async () => {
  const own = await developed(server, nova)
  const browser = await signedIn(server.url, nova)
  const cookies = [...browser.cookies.keys()]
  expect(cookies.length).toBeGreaterThan(0)
  const answer = await fetch(`${server.url}/developers/${own.apiKey}/log/events`, {
    redirect: 'manual',
    headers: { origin: 'https://evil.example' },
  })
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([303, null])
})
