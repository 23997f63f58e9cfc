import { readdirSync, readFileSync } from 'node:fs'
import { ownServer } from '@stagedoor/testkit/server'
import { App, pairOf } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, nova, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { withOutbox } from '../wire/mail.ts'

const deploy = new URL('../../../deploy/', import.meta.url)
const uri = 'https://app.example/cb'

/** What Prometheus reads, by series. */
async function scrape(url: string) {
  const answer = await fetch(`${url}/metrics`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const lines = (await answer.text()).trimEnd().split('\n')
  const label = '[a-z_]+="(?:[^"\\\\]|\\\\.)*"'
  const shape = new RegExp(`^[a-z_]+(?:\\{${label}(?:,${label})*\\})? \\d+(?:\\.\\d+)?(?:e[+-]\\d+)?$`)
  for (const line of lines) if (!line.startsWith('# ')) expect(line).toMatch(shape)
  const values = lines.filter((line) => !line.startsWith('# ')).map((line) => line.split(/ (?=[^ ]*$)/))
  return new Map(values.map(([series = '', value]) => [series, Number(value)]))
}

test('GET /metrics tells Prometheus what became of requests, logins, tokens, limits, mail and overdue rows', async () => {
  const server = await ownServer({}, withOutbox)
  const app = new App(server.url, { apiKey: await server.register('Counted', uri) }, uri)
  const browser = await signedIn(server.url, nova)
  const pair = await app.pair(browser)
  await app.refresh(pair.refresh)
  await app.revoke(pairOf(await app.exchange(await app.logIn(browser))).refresh)
  const stranger = new Browser(server.url)
  const form = await stranger.open('/sign-in')
  for (let time = 0; time < 11; time += 1)
    await stranger.signIn(form, { handle: 'nobody_here', password: 'wrong pass-phrase' })
  await stranger.submit(formTo(await stranger.open('/reset-password'), '/reset-password'), {
    login: nova.handle,
  })
  await fetch(`${server.url}/nowhere/${'x'.repeat(50)}`)

  await expect
    .poll(async () => (await scrape(server.url)).get('stagedoor_mails_total{outcome="sent"}'))
    .toBeGreaterThan(0)
  const found = await scrape(server.url)
  const counted = (series: string) => found.get(`stagedoor_${series}`)
  expect(counted('logins_total{outcome="allowed"}')).toBe(2)
  expect(counted('sign_ins_total{outcome="right"}')).toBe(1)
  expect(counted('sign_ins_total{outcome="wrong"}')).toBe(10)
  expect(counted('grants_total{grant="authorization_code",outcome="redeemed"}')).toBe(2)
  expect(counted('grants_total{grant="refresh_token",outcome="rotated"}')).toBe(1)
  expect(counted('grants_total{grant="refresh_token",outcome="reused"}')).toBe(0)
  expect(counted('revocations_total')).toBe(1)
  expect(counted('limited_total{limit="account"}')).toBe(1)
  expect(counted('http_requests_total{method="POST",route="/v1/oauth/token",class="2xx"}')).toBe(3)
  // An address of nothing is no series of its own.
  expect(counted('http_requests_total{method="GET",route="none",class="4xx"}')).toBe(1)
  expect(counted('http_request_seconds_count{group="token"}')).toBe(4)
  expect(counted('http_request_seconds_bucket{group="token",le="+Inf"}')).toBe(4)
  expect(counted('overdue_rows{table="sessions"}')).toBe(0)
  expect(counted('uploads_waiting')).toBe(0)
  expect(counted('event_loop_delay_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0)
})

test('every metric that an alert or a dashboard names is there', async () => {
  const { url } = await ownServer({}, withOutbox)
  const text = await (await fetch(`${url}/metrics`)).text()
  const there = new Set(Array.from(text.matchAll(/^# TYPE (\S+)/gm), ([, name]) => name))
  const files = readdirSync(deploy).filter((name) => /^(?:alerts\.yaml|dashboard\.json)$/.test(name))
  expect(files).toHaveLength(2)
  for (const file of files) {
    const named = readFileSync(new URL(file, deploy), 'utf8').matchAll(/\b(?:stagedoor|process)_[a-z_]+/g)
    for (const [name] of named)
      expect(there, `${file} names ${name}`).toContain(name.replace(/_(?:bucket|sum|count)$/, ''))
  }
  const dashboard = JSON.parse(readFileSync(new URL('dashboard.json', deploy), 'utf8'))
  for (const { targets, ...panel } of dashboard.panels) {
    const place = {
      x: expect.any(Number),
      y: expect.any(Number),
      w: expect.any(Number),
      h: expect.any(Number),
    }
    expect(panel).toMatchObject({ title: expect.any(String), type: 'timeseries', gridPos: place })
    expect(targets.length).toBeGreaterThan(0)
    for (const target of targets) expect(target).toMatchObject({ expr: expect.any(String) })
  }
})
