import { newcomer } from '@stagedoor/testkit/newcomer'
import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { App, expectOAuthError } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { everyEntry } from '../store/world.ts'
import { developed } from './developer.ts'
import { ownApp } from './filled-forms.ts'
import { mailTo, withOutbox } from './mail.ts'

const server = await fileServer({}, withOutbox)
async function activityOf(handle: string) {
  const user = await server.store.findUserByHandle(handle)
  return (await server.store.listAudit({ ...everyEntry, userId: user?.id ?? 0 })).toReversed()
}

const eventsOf = async (handle: string) => (await activityOf(handle)).map(({ event }) => event)

test('what happens to an account is told in its order, with the request that did it, and never a secret', async () => {
  const { person, browser } = await newcomer(server)
  const apiKey = await server.register('Audited', 'https://app.example/cb')
  const app = new App(server.url, { apiKey }, 'https://app.example/cb')
  const pair = await app.pair(browser)
  const again = await app.pair(browser)
  expect((await app.revoke(pair.refresh)).status).toBe(200)
  const page = await new Browser(server.url).open('/sign-in')
  const other = new Browser(server.url)
  await other.signIn(await other.open('/sign-in'), { ...person, password: 'another pass-phrase' })
  const apps = await browser.open('/account/apps')
  await browser.submit(formTo(apps, '/account/apps/end'))
  expect(page.status).toBe(200)
  const entries = await activityOf(person.handle)
  const events = entries.map(({ event }) => event)
  expect(events).toContain('email_change_requested')
  // The link that confirms the address is written after the sign-up was answered, in its own time.
  expect(events.filter((event) => event !== 'email_change_requested')).toEqual([
    'account_created',
    'signed_in',
    'access_allowed',
    'token_revoked',
    'sign_in_failed',
    'access_ended',
  ])
  for (const { requestId, network } of entries) {
    expect(requestId).toMatch(/^[\w-]{12}$/)
    expect(network).toMatch(/\*$|::\/48$/)
  }
  const written = JSON.stringify(entries)
  for (const secret of [
    pair.access,
    pair.refresh,
    again.access,
    person.password,
    'another pass-phrase',
    '@example',
  ])
    expect(written).not.toContain(secret)
})

test('whoever downloads data is told in the log: everyEntry about oneself, and the tables about an app', async () => {
  const actor = await newcomer(server)
  const { person, browser } = actor
  const { path, apiKey } = await ownApp(actor)
  const files = [
    '/account/data/export',
    '/account/data/archive',
    `${path}/log.csv?outcome=refused`,
    `${path}/usage/logins.csv`,
  ]
  for (const file of files) {
    expect((await browser.request(file, { method: 'HEAD', headers: {} })).status).toBe(200)
    expect((await browser.request(file, { headers: {} })).status).toBe(200)
  }
  const downloads = (await activityOf(person.handle)).filter(({ event }) => event === 'data_downloaded')
  expect(downloads.map((entry) => [entry.detail, entry.apiKey, entry.by, entry.count])).toEqual([
    ['export', null, 'browser', 1],
    ['archive', null, 'browser', 1],
    ['log-refused', apiKey, 'browser', 1],
    ['logins-24h', apiKey, 'browser', 1],
  ])
  expect(wordsOf(await browser.open('/account/security'))).toContain('Data downloaded')
})

test('a refresh token that is used twice ends its login, and its owner is told in the log and by mail', async () => {
  const { person, email, browser } = await newcomer(server)
  const apiKey = await server.register('Copied', 'https://app.example/cb')
  const app = new App(server.url, { apiKey }, 'https://app.example/cb')
  const first = await app.pair(browser)
  const second = await app.refresh(first.refresh)
  expect(second.status).toBe(200)
  expect((await app.refresh(String(second.body['refresh_token']))).status).toBe(200)
  for (let time = 0; time < 2; time += 1)
    expectOAuthError(await app.refresh(first.refresh), 400, 'invalid_grant')
  const reused = (await activityOf(person.handle)).filter(({ event }) => event === 'refresh_reused')
  expect(reused).toMatchObject([{ apiKey, appName: 'Copied', by: 'program', count: 1 }])
  const mails = (await mailTo(email, server)).filter(({ subject }) => /signed out/.test(subject))
  expect(mails).toHaveLength(1)
  expect(mails[0]?.text).toContain(`@${person.handle}`)
  expect(wordsOf(await browser.open('/account/security'))).toContain(
    'A login of the app was used twice, and has ended : Copied',
  )
})

test('a person sees what was done to their account, and nothing of anybody else', async () => {
  const { person, browser } = await newcomer(server)
  const words = wordsOf(await browser.open('/account/security'))
  expect(words).toMatch(/Recent activity .*Signed in today.*Account created/)
  const guess = new Browser(server.url)
  await guess.signIn(await guess.open('/sign-in'), { ...person, password: 'guessed pass-phrase' })
  await guess.signIn(await guess.open('/sign-in'), { ...person, password: 'guessed pass-phrase' })
  expect(wordsOf(await browser.open('/account/security'))).toContain('A wrong password was given , 2 times')
  const other = await newcomer(server)
  expect(wordsOf(await other.browser.open('/account/security'))).not.toContain('wrong password')
})

test('a developer sees what became of an app, and nothing of who uses it', async () => {
  const { app, apiKey, browser } = await developed(server, nova)
  await app.pair(await signedIn(server.url, jun))
  const page = await browser.open(`/developers/${apiKey}`)
  expect(wordsOf(page)).not.toContain('Access allowed')
  const owner = await server.store.findUserByHandle(nova.handle)
  const actor = { by: 'browser', network: null, requestId: null, at: Date.now() } as const
  const change = {
    description: 'Another',
    redirectUris: { add: ['https://app.example/new'], remove: [], limit: 50 },
  }
  await server.store.as(actor).updateApp(apiKey, owner?.id ?? 0, change, Date.now())
  const history = wordsOf(await browser.open(`/developers/${apiKey}`))
  expect(history).toMatch(
    /History Redirect URIs changed.*added https:\/\/app\.example\/new.*App changed.*description/,
  )

  const stranger = await signedIn(server.url, jun)
  expect((await stranger.open(`/developers/${apiKey}`)).status).toBe(404)
})

test('guesses at names that nobody has are an entry about nobody', async () => {
  const own = await ownServer()
  const browser = new Browser(own.url)
  await browser.signIn(await browser.open('/sign-in'), {
    handle: 'nobody_here',
    password: 'some pass-phrase',
  })
  const entries = await own.store.listAudit(everyEntry)
  expect(entries).toMatchObject([{ event: 'sign_in_failed', userId: null, handle: null, detail: null }])
})

test('an export has the activity', async () => {
  const { browser } = await newcomer(server)
  const { activity } = JSON.parse((await browser.open('/account/data/export')).text)
  const events = activity.map(({ event }: { event: string }) => event)
  expect(events).toEqual(expect.arrayContaining(['signed_in', 'account_created']))
  expect(await eventsOf('nobody')).toEqual([])
})
