import { day, fileServer, hour, ownServer } from '@stagedoor/testkit/server'
import { pairOf } from '@stagedoor/testkit/wire-app'
import { jun, nova, sam, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { csvOf as written } from '../../src/usage/csv.ts'
import { csvOf, developed } from './developer.ts'

const server = await fileServer()

const total = (rows: readonly string[][]) => rows.reduce((sum, row) => sum + Number(row[1]), 0)

describe('the usage of an app', () => {
  test('counts logins and how far they came', async () => {
    const own = await developed(server, nova)
    const person = await signedIn(server.url, jun)
    await own.app.begin(person)
    await own.app.logIn(person)
    const login = await own.app.logIn(person)
    await own.app.exchange(login)
    expect(await csvOf(own, 'logins')).toHaveLength(24)
    expect(total(await csvOf(own, 'logins'))).toBe(1)
    expect(await csvOf(own, 'funnel')).toEqual([
      ['Sent to log in', '3'],
      ['Allowed', '2'],
      ['Exchanged for tokens', '1'],
    ])
    const page = await own.browser.open(`/developers/${own.apiKey}/usage`)
    expect(wordsOf(page)).toContain('1 login was completed')
    expect(wordsOf(page)).toContain('33 % of the logins that were begun ended with tokens')
    await own.app.exchange(login)
    const glance = wordsOf(await own.browser.open(`/developers/${own.apiKey}`))
    for (const words of ['1 login was completed', '33 %', '1 user logged in', 'invalid_grant once'])
      expect(glance).toContain(words)
    const unused = await developed(server, nova)
    const none = wordsOf(await own.browser.open(`/developers/${unused.apiKey}`))
    expect(none).toContain('Nobody has used this app')
  })

  test('counts active users once, however often they come, and never names them', async () => {
    const later = await ownServer()
    const own = await developed(later, nova)
    for (const person of [jun, sam]) {
      const browser = await signedIn(later.url, person)
      for (let time = 0; time < 2; time += 1) {
        const { access } = pairOf(await own.app.exchange(await own.app.logIn(browser)))
        await own.app.me(access)
      }
    }
    expect(total(await csvOf(own, 'active-users'))).toBe(2)
    later.advance(day)
    await own.app.logIn(await signedIn(later.url, jun))
    const page = await own.browser.open(`/developers/${own.apiKey}/usage?period=7d`)
    expect(wordsOf(page)).toContain('2 different users logged in')
    expect(page.text).not.toMatch(/jun|sam\b/)
    expect((await csvOf(own, 'active-users', '7d')).map(([, users]) => users).slice(-2)).toEqual(['2', '1'])
    later.advance(9 * day)
    expect(wordsOf(await own.browser.open(`/developers/${own.apiKey}/usage?period=7d`))).toContain(
      '0 different users',
    )
  })

  test('counts calls by route for the app of the access token, which wins over the query', async () => {
    const own = await developed(server, nova)
    const other = await developed(server, nova)
    const { access } = pairOf(await own.app.exchange(await own.app.logIn(await signedIn(server.url, jun))))
    const call = (path: string, headers = {}) => fetch(server.url + path, { headers })
    const authorization = `Bearer ${access}`
    await call(`/v1/me?api_key=${other.apiKey}&app_name=Another`, { authorization })
    await call(`/v1/me?api_key=${own.apiKey}`, { authorization })
    await call(`/v1/tracks/search?query=a&api_key=0x${own.apiKey.toUpperCase()}`)
    await call(`/v1/tracks/search?query=a&app_name=Another`)
    expect(await csvOf(own, 'calls')).toEqual([
      ['GET /v1/me', '2', '0'],
      ['GET /v1/tracks/search', '0', '1'],
    ])
    expect(await csvOf(other, 'calls')).toEqual([])
  })

  test('counts errors by code, those of the flow and those of the API', async () => {
    const own = await developed(server, nova)
    await own.app.refresh('sdrt_no')
    const { access } = pairOf(await own.app.exchange(await own.app.logIn(await signedIn(server.url, jun))))
    await fetch(`${server.url}/v1/tracks`, { method: 'POST', headers: { authorization: `Bearer ${access}` } })
    await fetch(`${server.url}/v1/tracks/nope!?api_key=${own.apiKey}`)
    await fetch(`${server.url}/v1/me?api_key=${own.apiKey}`, { headers: { authorization: 'Bearer no' } })
    expect(await csvOf(own, 'errors')).toEqual(
      expect.arrayContaining([
        ['invalid_grant', '1'],
        ['invalid_request', '1'],
        ['invalid_token', '1'],
      ]),
    )
  })

  test('is shown by hours and by days, each in its time', async () => {
    const later = await ownServer()
    const own = await developed(later, nova)
    const person = await signedIn(later.url, jun)
    const logIn = async () => own.app.exchange(await own.app.logIn(person))
    await logIn()
    later.advance(3 * hour)
    await logIn()
    const hours = (await csvOf(own, 'logins')).map(([, logins]) => logins)
    expect([hours.at(-4), hours.at(-1)]).toEqual(['1', '1'])
    later.advance(2 * day)
    expect(total(await csvOf(own, 'logins', '24h'))).toBe(0)
    expect(total(await csvOf(own, 'logins', '7d'))).toBe(2)
    expect(await csvOf(own, 'logins', '30d')).toHaveLength(30)
    later.advance(31 * day)
    expect(total(await csvOf(own, 'logins', '30d'))).toBe(0)
  })

  test('is drawn with words for whoever cannot see it, and in bounds', async () => {
    const own = await developed(server, nova)
    await own.app.logIn(await signedIn(server.url, jun))
    for (const period of ['24h', '7d', '30d', 'nonsense']) {
      const { text, status } = await own.browser.open(`/developers/${own.apiKey}/usage?period=${period}`)
      expect(status).toBe(200)
      for (const [svg] of text.matchAll(/<svg class="chart".*?<\/svg>/gs)) {
        expect(svg).toMatch(/role="img".*aria-labelledby=".*<title id=.*<desc id=/s)
        expect(svg).not.toMatch(/NaN|Infinity|="-/)
      }
      expect(text).toMatch(/<details><summary>Logins as a table/)
    }
  })

  test('is a file to save, of a name that nobody chose', async () => {
    const own = await developed(server, nova, 'a"\r\nb')
    const { headers } = await own.browser.open(`/developers/${own.apiKey}/usage/logins.csv?period=7d`)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-disposition')).toBe('attachment; filename="logins-7d.csv"')
    expect((await own.browser.open(`/developers/${own.apiKey}/usage/nothing.csv`)).status).toBe(404)
    expect((await own.browser.open(`/developers/${own.apiKey}/usage/..%2flog.csv`)).status).toBe(404)
  })
})

describe('a table as CSV', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n@x'])('takes no formula: %j', (text) =>
    expect(
      written(['a'], [[text]])
        .split('\r\n')
        .slice(1)
        .join('\r\n'),
    ).toMatch(/^"?'/),
  )

  test('quotes what would end a cell or a row', () => {
    expect(written(['a', 'b'], [['x,"y"\n', -3]])).toBe('a,b\r\n"x,""y""\n",-3\r\n')
  })
})
