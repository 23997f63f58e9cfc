import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { installation, served, temporaryFolder } from '@stagedoor/testkit/command'
import { hour, minute, ownServer, testServer } from '@stagedoor/testkit/server'
import { encoded, post } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { developed } from './developer.ts'

/** The answers that something often done comes to. */
async function often<T extends { readonly status: number }>(
  times: number,
  act: (time: number) => Promise<T>,
): Promise<readonly T[]> {
  const answers: T[] = []
  for (let time = 0; time < times; time += 1) answers.push(await act(time))
  return answers
}

const refusedOf = <T extends { readonly status: number }>(answers: readonly T[]) =>
  answers.filter(({ status }) => status === 429)

const wrongGrant = (url: string, clientId = 'a'.repeat(40), headers: Record<string, string> = {}) => {
  const grant = { grant_type: 'refresh_token', refresh_token: 'none', client_id: clientId }
  return post(`${url}/v1/oauth/token`, encoded(grant), 'application/x-www-form-urlencoded', headers)
}

async function signUp(url: string, time: number) {
  const browser = new Browser(url)
  const { action, fields } = formTo(await browser.open('/sign-up'), '/sign-up')
  const person = { handle: `person_${time}`, name: 'Some Person', email: `person_${time}@example.com` }
  return browser.post(action, { ...fields, ...person, password: `pass-phrase of ${time}` })
}

describe('from one network are held', () => {
  test('TK-21: wrong grants, in the shape of OAuth and for every origin', async () => {
    const { url } = await ownServer()
    const answers = await Promise.all(Array.from({ length: 400 }, () => wrongGrant(url)))
    const [refused] = refusedOf(answers)
    expect(refused?.body).toMatchObject({
      error: 'too_many_requests',
      error_description: expect.stringMatching(/Wait \d+ s/),
    })
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused?.headers.get('ratelimit-policy')).toBe('"wrong-grant";q=250;w=250')
    expect(refused?.headers.get('ratelimit')).toMatch(/^"wrong-grant";r=0;t=\d+$/)
    expect(refused?.headers.get('access-control-allow-origin')).toBe('*')
    expect(refused?.headers.get('access-control-expose-headers')).toMatch(
      /(?=.*\bRateLimit,)(?=.*\bRateLimit-Policy\b).*\bRetry-After\b/,
    )
  })

  test('sign-ups, whether they make accounts or not', async () => {
    const { url } = await ownServer()
    const answers = await often(130, (time) => signUp(url, time))
    expect(refusedOf(answers).length).toBeGreaterThan(0)
    expect(refusedOf(answers.slice(0, 100))).toEqual([])
    const [refused] = refusedOf(answers)
    if (refused === undefined) throw new Error('Nothing was refused.')
    expect(wordsOf(refused)).toMatch(/Too many new accounts from your network\. Wait \d+ seconds?/)
    expect(formTo(refused, '/sign-up').fields).toMatchObject({ name: 'Some Person', password: '' })
    expect(formTo(refused, '/sign-up').fields['handle']).toMatch(/^person_1\d\d$/)
    expect(refused.headers.get('ratelimit')).toMatch(/^"sign-up";r=0;t=\d+$/)
  })
})

describe('what others do', () => {
  test('TK-21: uses up nothing of an app’s, however often its client_id is named from another network', async () => {
    const server = await ownServer({ TRUSTED_PROXIES: '127.0.0.1,::1' })
    const own = await developed(server, nova)
    const code = await own.app.logIn(await signedIn(server.url, jun))
    const elsewhere = { 'x-forwarded-for': '203.0.113.9' }
    const tries = Array.from({ length: 400 }, () => wrongGrant(server.url, own.apiKey, elsewhere))
    expect(refusedOf(await Promise.all(tries)).length).toBeGreaterThan(0)
    expect((await own.app.exchange(code)).status).toBe(200)
  })

  test('in one’s network does not keep out whoever proves who they are', async () => {
    const { url } = await ownServer()
    const person = await signedIn(url, nova)
    const follow = () => new Browser(url).open('/confirm-email?token=none')
    const [refused] = refusedOf(await Promise.all(Array.from({ length: 250 }, follow)))
    if (refused === undefined) throw new Error('Nothing was refused.')
    expect(wordsOf(refused)).toMatch(/Too many requests.*Your network.*Wait .*second/)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await person.open('/confirm-email?token=none')).status).toBe(410)
  })
})

describe('wrong passwords', () => {
  test('count for the account, by whichever of its names (AC-4)', async () => {
    const { url } = await ownServer()
    const browser = new Browser(url)
    const page = await browser.open('/sign-in')
    const wrong = (login: string) =>
      browser.signIn(page, { ...nova, handle: login, password: 'wrong pass-phrase' })
    const answers = [
      ...(await often(5, () => wrong(nova.handle))),
      ...(await often(5, () => wrong(`@${nova.handle.toUpperCase()}`))),
      ...(await often(2, () => wrong(nova.email))),
    ]
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(422), 429, 429])
    expect(answers.at(-1)?.headers.get('ratelimit-policy')).toBe('"account";q=10;w=3600')
    expect(answers.at(-1)?.headers.get('ratelimit')).toMatch(/^"account";r=0;t=\d+$/)
  })

  test('hold nobody up when the clock is set back', async () => {
    const server = await ownServer()
    const browser = new Browser(server.url)
    const page = await browser.open('/sign-in')
    const guess = () => browser.signIn(page, { ...nova, password: 'wrong pass-phrase' })
    await often(10, guess)
    expect((await guess()).status).toBe(429)
    server.advance(-hour)
    expect((await guess()).status).toBe(422)
  })

  test('are remembered when the server starts again', async () => {
    const settings = { DATA_DIR: temporaryFolder() }
    const guess = async ({ url }: { readonly url: string }) => {
      const browser = new Browser(url)
      const login = { ...nova, handle: 'nobody_here', password: 'wrong pass-phrase' }
      return browser.signIn(await browser.open('/sign-in'), login)
    }
    const first = await testServer(settings)
    for (let time = 0; time < 20; time += 1) {
      await guess(first)
      first.advance(15 * minute)
    }
    await first.stop()
    const second = await ownServer(settings)
    second.advance(19 * 15 * minute)
    expect((await guess(second)).status).toBe(429)
  })
})

test('what was counted a second before a crash is counted after it, and a wrong password at once', async () => {
  const folder = temporaryFolder()
  const settings = await installation(folder)
  const first = await served(['serve'], settings)
  const guess = async (url: string) => {
    const browser = new Browser(url)
    const login = { handle: 'nobody_here', password: 'wrong pass-phrase' }
    return (await browser.signIn(await browser.open('/sign-in'), login)).status
  }
  const follow = (url: string) =>
    Promise.all(Array.from({ length: 160 }, () => new Browser(url).open('/confirm-email?token=none')))
  expect(refusedOf(await follow(first.url)).length).toBeGreaterThan(0)
  const database = new DatabaseSync(join(folder, 'stagedoor.db'), { readOnly: true })
  const stored = database.prepare("SELECT 1 FROM paces WHERE rule = 'link'")
  await expect.poll(() => stored.get(), { timeout: 5000 }).toBeDefined()
  database.close()
  for (let time = 0; time < 10; time += 1) expect(await guess(first.url)).toBe(422)
  await first.end('SIGKILL')

  const second = await served(['serve'], settings)
  // The second that the tenth has to wait may be over; the two that the eleventh has are not.
  expect(await Promise.all([1, 2, 3].map(() => guess(second.url)))).toContain(429)
  // Of 120 at once at most those are let on that the time since has given back.
  expect(refusedOf(await follow(second.url)).length).toBeGreaterThan(60)
  await second.end('SIGTERM')
})

test('AC-8: passwords that are guessed on many connections leave a place to whoever is known', async () => {
  const server = await ownServer({ TRUSTED_PROXIES: '127.0.0.1,::1' })
  const owner = await signedIn(server.url, nova)
  const form = formTo(await owner.open('/sign-out'), '/sign-out')
  await owner.post(form.action, form.fields)
  const signIn = await owner.open('/sign-in')
  let isOver = false
  const guessing = Array.from({ length: 24 }, async (_, socket) => {
    const browser = new Browser(server.url)
    const { action, fields } = formTo(await browser.open('/sign-in'), '/sign-in')
    for (let time = 0; !isOver; time += 1) {
      const login = { ...fields, login: `somebody ${socket} ${time}`, password: 'wrong pass-phrase' }
      await browser.post(action, login, { 'x-forwarded-for': `198.51.${socket}.${time % 250}` })
    }
  })
  const answer = await owner.signIn(signIn, nova)
  isOver = true
  await Promise.all(guessing)
  expect(answer.status).toBe(200)
})
