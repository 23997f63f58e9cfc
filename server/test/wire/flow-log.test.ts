import { day, fileServer, ownServer } from '@stagedoor/testkit/server'
import { pairOf } from '@stagedoor/testkit/wire-app'
import { Browser, jun, nova, sam, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import type { FlowEvent } from '../../src/store/contract/store.ts'
import { keptEvents } from '../../src/usage/start.ts'
import { developed, logOf } from './developer.ts'

const server = await fileServer()

describe('the log of an app', () => {
  test('tells every step of a login, newest first', async () => {
    const own = await developed(server, nova)
    const { app } = own
    const person = await signedIn(server.url, jun)
    const pair = pairOf(await app.exchange(await app.logIn(person)))
    const { refresh } = pairOf(await app.refresh(pair.refresh))
    await app.revoke(refresh)
    expect(await logOf(own)).toEqual([
      { step: 'Revocation', outcome: 'done', code: null, reason: null },
      { step: 'Refresh', outcome: 'done', code: null, reason: null },
      { step: 'Code exchange', outcome: 'done', code: null, reason: null },
      { step: 'Consent', outcome: 'done', code: null, reason: 'The person allowed it.' },
      { step: 'Authorization', outcome: 'done', code: null, reason: null },
    ])
  })

  test('tells what was refused, with its code and its reason in words', async () => {
    const own = await developed(server, nova)
    const { app } = own
    const person = await signedIn(server.url, jun)
    await app.begin(person, { redirect_uri: 'https://app.example/other?token=a-secret-of-somebody' })
    await app.begin(person, { code_challenge: null })
    await app.begin(new Browser(server.url), { prompt: 'none' })
    const login = await app.logIn(person)
    await app.exchange(login, { code_verifier: 'verifier-of-another-login-that-never-was-begun' })
    await app.refresh(`sdrt_${'x'.repeat(49)}`)
    await app.revoke('', { token: null })
    const page = await app.begin(person, { prompt: 'consent' })
    await person.cancel(page)

    const [cancel, , revoke, refresh, token, , , silent, challenge, mismatch] = await logOf(own)
    expect(cancel).toMatchObject({ step: 'Consent', outcome: 'cancelled', code: 'access_denied' })
    expect(revoke).toMatchObject({ step: 'Revocation', outcome: 'refused', code: 'invalid_request' })
    expect(refresh).toMatchObject({ step: 'Refresh', outcome: 'refused', code: 'invalid_grant' })
    expect(token).toMatchObject({ step: 'Code exchange', outcome: 'refused', code: 'invalid_grant' })
    expect(token?.reason).toMatch(/^PKCE failed/)
    expect(silent).toMatchObject({ step: 'Authorization', outcome: 'refused', code: 'login_required' })
    expect(challenge?.reason).toMatch(/code_challenge is missing/)
    expect(mismatch?.reason).toMatch(/^https:\/\/app\.example\/other is not registered/)
    const { text } = await own.browser.open(`/developers/${own.apiKey}/log`)
    expect(text).not.toMatch(/a-secret-of-somebody|verifier-of-another/)
  })

  test('is saved as CSV, all pages of it, with the filter kept', async () => {
    const own = await developed(server, nova)
    const person = await signedIn(server.url, jun)
    for (let time = 0; time < 51; time += 1) await own.app.begin(new Browser(server.url), { prompt: 'none' })
    await own.app.logIn(person)
    const save = async (query: string) => {
      const shown = await own.browser.open(`/developers/${own.apiKey}/log.csv${query}`)
      const [columns, ...rows] = shown.text.trimEnd().split('\r\n')
      expect(columns).toBe('time,step,outcome,error,reason,request_id')
      return { shown, rows }
    }
    const all = await save('')
    expect(all.rows).toHaveLength(53)
    expect(all.rows[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,consent,done,,The person allowed it\.,[\w-]+$/)
    expect(all.shown.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(all.shown.headers.get('content-disposition')).toBe('attachment; filename="log.csv"')
    const refused = await save('?outcome=refused')
    expect(refused.rows).toHaveLength(51)
    expect(refused.shown.headers.get('content-disposition')).toBe('attachment; filename="log-refused.csv"')
    const page = await own.browser.open(`/developers/${own.apiKey}/log?outcome=refused`)
    expect(page.text).toContain(`href="/developers/${own.apiKey}/log.csv?outcome=refused"`)
  })

  test('is searched by what is shown, and counts refusals by cause, with what to do', async () => {
    const own = await developed(server, nova)
    for (let time = 0; time < 3; time += 1) await own.app.refresh('sdrt_no')
    await own.app.begin(new Browser(server.url), { prompt: 'none' })
    const { text } = await own.browser.open(`/developers/${own.apiKey}/log`)
    const causes = Array.from(text.matchAll(/<li class="cause">(.*?)<\/li>/gs), ([, item = '']) => item)
    expect(causes.map((cause) => /errors#(\w+).*?class="quiet">([^<]+)/s.exec(cause)?.slice(1))).toEqual([
      ['invalid_grant', '3 times'],
      ['login_required', 'once'],
    ])
    for (const cause of causes) expect(cause).toMatch(/<strong>\w/)
    expect(await logOf(own, '?q=LOGIN_required')).toHaveLength(1)
    const [requestId = ''] = /(?<=Request id <code>)[\w-]+/.exec(text) ?? []
    expect(await logOf(own, `?q=${requestId}`)).toHaveLength(1)
    const nothing = await own.browser.open(`/developers/${own.apiKey}/log?q=<b>`)
    expect(nothing.text).toContain('Nothing in the last 7 days has “&lt;b>” in it.')
    const saved = await own.browser.open(`/developers/${own.apiKey}/log.csv?q=login_required`)
    expect(saved.text.trimEnd().split('\r\n')).toHaveLength(2)
  })

  test('holds no formula that a stranger sent', async () => {
    const own = await developed(server, nova)
    const stranger = new Browser(server.url)
    for (const redirect_uri of ['=HYPERLINK("http://evil.example";"x")', '+1', '-1', '@SUM(A1)', ' =1'])
      await own.app.begin(stranger, { redirect_uri })
    const { text } = await own.browser.open(`/developers/${own.apiKey}/log.csv`)
    const reasons = Array.from(text.matchAll(/invalid_request,("?)(.)/g), ([, , first]) => first)
    expect(reasons).toEqual(["'", "'", "'", "'", "'"])
    expect(text).not.toMatch(/(?:^|,)"?\s*[=+\-@]/m)
  })

  test('tells of a login that is allowed without a question, and of one without state', async () => {
    const own = await developed(server, nova)
    const person = await signedIn(server.url, jun)
    await own.app.logIn(person)
    await own.app.logIn(person, { state: null })
    const [consent, authorize] = await logOf(own)
    expect(consent?.reason).toBe('Allowed before, so nothing was asked.')
    expect(authorize?.reason).toBe('Without state.')
  })

  test('tells of the consent that a sign-in ends with', async () => {
    const own = await developed(server, nova)
    await own.app.logIn(await signedIn(server.url, jun))
    const browser = new Browser(server.url)
    const end = await browser.signIn(await own.app.begin(browser), jun)
    expect(end.leftFor).toMatch(/code=/)
    expect((await logOf(own)).map(({ step }) => step).slice(0, 2)).toEqual(['Consent', 'Authorization'])
  })

  test('names no user and no address, and shows no credential', async () => {
    const own = await developed(server, nova)
    const person = await signedIn(server.url, jun)
    const pair = pairOf(await own.app.exchange(await own.app.logIn(person)))
    await own.app.refresh(pair.refresh)
    const { text } = await own.browser.open(`/developers/${own.apiKey}/log`)
    expect(text).not.toMatch(/jun|127\.0\.0\.1|::1|sd(at|mt|rt|ac|dc|se|rq|br)_/)
  })

  test('is filtered by outcome, in pages that keep the filter', async () => {
    const own = await developed(server, nova)
    for (let time = 0; time < 60; time += 1) await own.app.refresh('sdrt_no')
    const person = await signedIn(server.url, jun)
    await own.app.logIn(person)
    expect(await logOf(own, '?outcome=cancelled')).toEqual([])
    expect(await logOf(own, '?outcome=done')).toHaveLength(2)
    const refused = await own.browser.open(`/developers/${own.apiKey}/log?outcome=refused`)
    expect(refused.text.match(/class="outcome outcome-refused"/g)).toHaveLength(50)
    const older = /href="([^"]*before=\d+)"/.exec(refused.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(older).toContain('outcome=refused')
    const rest = await own.browser.open(older)
    expect(rest.text.match(/class="outcome outcome-refused"/g)).toHaveLength(10)
    expect(rest.text).not.toContain('data-live="')
    expect(rest.text).toContain('Newest')
  })

  test.each(['?outcome=nonsense', '?before=-1', '?before=1e99', "?before=1'--", '?outcome=&before='])(
    'takes %s for no filter',
    async (query) => {
      const own = await developed(server, nova)
      await own.app.refresh('sdrt_no')
      expect(await logOf(own, query)).toHaveLength(1)
    },
  )

  test('is searched by letters alone, whatever they mean elsewhere', async () => {
    const own = await developed(server, nova)
    await own.app.refresh('sdrt_no')
    const found = async (query: string) => (await logOf(own, query)).length
    for (const none of ['.*', '%25', '(', '%5C', "'--", 'a'.repeat(5000), 'x&q=zzz'])
      expect(await found(`?q=${none}`), none).toBe(0)
    for (const all of [
      '',
      '%20%20',
      '%00',
      '%ff',
      '%',
      'INVALID_GRANT',
      '%20invalid_grant%20',
      'zzz&q=grant',
    ])
      expect(await found(`?q=${all}`), all).toBe(1)
    expect(await found('?q=grant&outcome=done')).toBe(0)
    expect(await found('?q=grant&outcome=refused&before=999999999999999')).toBe(1)
  })

  test('forgets what is older than seven days', async () => {
    const later = await ownServer()
    const own = await developed(later, nova)
    await own.app.refresh('sdrt_no')
    later.advance(6 * day)
    await own.app.refresh('sdrt_no')
    expect(await logOf(own)).toHaveLength(2)
    later.advance(2 * day)
    expect(await logOf(own)).toHaveLength(1)
  })
})

describe('who may see it', () => {
  const pages = ['log', 'log.csv', 'log/events', 'usage', 'usage/logins.csv', 'usage/calls.csv?period=30d']

  test.each(pages)('only its owner: %s is not there for another, nor for an unknown app', async (page) => {
    const own = await developed(server, nova)
    await own.app.logIn(await signedIn(server.url, jun))
    const other = await developed(server, sam)
    const foreign = await other.browser.open(`/developers/${own.apiKey}/${page}`)
    const unknown = await other.browser.open(`/developers/${'0'.repeat(40)}/${page}`)
    expect([foreign.status, unknown.status]).toEqual([404, 404])
    expect(wordsOf(foreign).replace(/Request id.*/, '')).toBe(wordsOf(unknown).replace(/Request id.*/, ''))
    expect((await other.browser.open(`/developers/nonsense/${page}`)).status).toBe(404)
  })

  test.each(pages)('whoever is not signed in signs in first: %s', async (page) => {
    const own = await developed(server, nova)
    const shown = await new Browser(server.url).request(`/developers/${own.apiKey}/${page}`, { headers: {} })
    expect(shown.status).toBe(303)
    expect(shown.headers.get('location')).toMatch(/^\/sign-in/)
  })

  test('nobody once it is deleted', async () => {
    const own = await developed(server, nova)
    await own.app.logIn(await signedIn(server.url, jun))
    await server.store.deleteApp(own.apiKey, Date.now())
    for (const page of pages)
      expect((await own.browser.open(`/developers/${own.apiKey}/${page}`)).status).toBe(404)
  })
})

describe('what strangers put into it', () => {
  const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`

  test('is shown as text: the name of the app, and the redirect URI of anybody’s request', async () => {
    const own = await developed(server, nova, attack)
    const uri = `https://app.example/"><script>alert(1)</script>\u202e`
    await own.app.begin(new Browser(server.url), { redirect_uri: uri })
    for (const page of ['log', 'usage']) {
      const { text } = await own.browser.open(`/developers/${own.apiKey}/${page}`)
      expect(text).not.toMatch(/<script>|<img src=x/)
      expect(text).not.toContain('\u202e')
    }
    expect((await logOf(own))[0]?.reason).toContain('[U+202E]')
  })

  test('is no user’s name and password of a URI', async () => {
    const own = await developed(server, nova)
    await own.app.begin(new Browser(server.url), { redirect_uri: 'https://me:hunter2@app.example/' })
    expect((await logOf(own))[0]?.reason).toMatch(/^https:\/\/…@app\.example\/ is not/)
  })

  test('is nothing when the keys are nobody’s: a flood of them leaves no rows', async () => {
    const flooded = await ownServer()
    const own = await developed(flooded, nova)
    const keys = Array.from({ length: 60 }, (_, index) => index.toString(16).padStart(40, '0'))
    for (const apiKey of keys) {
      await own.app.refresh('sdrt_no', { client_id: apiKey })
      await fetch(`${flooded.url}/v1/tracks/search?query=a&api_key=${apiKey}`)
      await own.app.begin(new Browser(flooded.url), { api_key: apiKey })
    }
    expect(await logOf(own)).toEqual([])
    for (const apiKey of keys) expect(await flooded.store.countCalls(apiKey, 0)).toBe(0)
  })

  test('is bounded for an app that does exist', async () => {
    const flooded = await ownServer()
    const own = await developed(flooded, nova)
    const longAgo = { code: 'long ago', values: [] }
    const event = (index: number): FlowEvent => ({
      ...{ at: index, step: 'refresh', outcome: 'refused', code: 'invalid_grant', reason: longAgo },
      requestId: `long ago ${index}`,
      sent: null,
    })
    const events = Array.from({ length: 4_990 }, (_, index) => event(index))
    const nothing = { counts: [], users: [], milestones: [] }
    await flooded.store.recordUsage({ apiKey: own.apiKey, events, ...nothing }, keptEvents)
    for (let time = 0; time < 20; time += 1) await own.app.refresh('sdrt_no')
    await own.browser.open(`/developers/${own.apiKey}/usage`)
    const all = {
      apiKey: own.apiKey,
      ownerId: own.ownerId,
      since: 0,
      outcome: null,
      before: 1e15,
      limit: 9000,
    }
    const kept = (await flooded.store.listFlowEvents(all)) ?? []
    expect(kept).toHaveLength(keptEvents)
    expect(kept.filter(({ reason }) => reason?.code === longAgo.code)).toHaveLength(keptEvents - 20)
  })
})
