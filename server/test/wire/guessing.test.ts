import { hour, minute, ownServer } from '@stagedoor/testkit/server'
import { Browser, formTo, jun, nova, type Shown, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const isSignedIn = async (browser: Browser) =>
  (await browser.open('/account')).url === `${browser.origin}/account`
const formOf = async (browser: Browser, page: string, action: string) =>
  formTo(await browser.open(page), action)
const changed = { new_password: 'a changed pass-phrase' }

describe('guessing passwords', () => {
  const wrong = (handle: string) => ({ handle, password: 'wrong pass-phrase' })
  async function guess(browser: Browser, handle: string, times: number): Promise<Shown[]> {
    const page = await browser.open('/sign-in')
    const answers: Shown[] = []
    for (let time = 0; time < times; time += 1) answers.push(await browser.signIn(page, wrong(handle)))
    return answers
  }

  test('at one account is slowed ever more, and its owner is not kept out', async () => {
    const server = await ownServer()
    const [mine, signedInNow] = [await signedIn(server.url, nova), await signedIn(server.url, nova)]
    await mine.submit(await formOf(mine, '/sign-out', '/sign-out'))
    const answers = await guess(new Browser(server.url), nova.handle, 12)
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(422), 429, 429])
    const last = answers.at(-1)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(last && wordsOf(last)).toMatch(/Too many wrong passwords\. Wait \d+ seconds?, then try again/)
    // Not even the right one is looked at from a browser that is not known.
    const stranger = new Browser(server.url)
    expect((await stranger.signIn(await stranger.open('/sign-in'), nova)).status).toBe(429)
    expect((await mine.signIn(await mine.open('/sign-in'), nova)).status).toBe(200)
    expect(await isSignedIn(signedInNow)).toBe(true)
    // The wait doubles, up to a quarter of an hour, and passes.
    const waits: number[] = []
    for (let round = 0; round < 14; round += 1) {
      server.advance(15 * minute)
      await guess(stranger, nova.handle, 1)
      const [later] = await guess(stranger, nova.handle, 1)
      waits.push(Number(later?.headers.get('retry-after')))
    }
    expect(waits.slice(0, 4)).toEqual([2, 4, 8, 16])
    expect(Math.max(...waits)).toBe(900)
    server.advance(15 * minute)
    expect((await stranger.signIn(await stranger.open('/sign-in'), nova)).status).toBe(200)
  })

  test('many at once are counted before they are checked', async () => {
    const server = await ownServer()
    server.stopClock()
    const browser = new Browser(server.url)
    const page = await browser.open('/sign-in')
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => browser.signIn(page, wrong(jun.handle))),
    )
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20)
  })

  test('from one network at many accounts is slowed, and a right password of one’s own clears nothing', async () => {
    const server = await ownServer()
    const browser = new Browser(server.url)
    for (let person = 0; person < 100; person += 1) {
      const [shown] = await guess(browser, `somebody ${person}`, 1)
      expect(shown?.status).toBe(422)
      if (person === 50) {
        const attacker = await signedIn(server.url, jun)
        expect(await isSignedIn(attacker)).toBe(true)
      }
    }
    expect((await guess(browser, 'somebody else', 1))[0]?.status).toBe(429)
  })

  test('takes a proxy’s word on the network only when it is named', async () => {
    const guessFrom = async (settings: Record<string, string>) => {
      const server = await ownServer(settings)
      const browser = new Browser(server.url)
      const { action, fields } = formTo(await browser.open('/sign-in'), '/sign-in')
      const statuses: number[] = []
      for (let time = 0; time < 103; time += 1) {
        // Longer than any password, it is refused without the cost of a hash.
        const login = { ...fields, login: `somebody ${time}`, password: 'wrong pass-phrase '.repeat(10) }
        const shown = await browser.post(action, login, { 'x-forwarded-for': `198.51.100.${time}` })
        statuses.push(shown.status)
      }
      return statuses
    }
    expect(await guessFrom({})).toContain(429)
    expect(await guessFrom({ TRUSTED_PROXIES: '127.0.0.1,::1' })).not.toContain(429)
    expect(await guessFrom({ TRUSTED_PROXIES: '10.0.0.0/8' })).toContain(429)
  })

  test('says and takes the same of an account that is not there', async () => {
    const server = await ownServer()
    const [there, nowhere] = [new Browser(server.url), new Browser(server.url)]
    const [known, unknown] = [await guess(there, nova.handle, 12), await guess(nowhere, 'nobody_here', 12)]
    expect(known.map(({ status }) => status)).toEqual(unknown.map(({ status }) => status))
    const words = (shown: Shown[]) => shown.map((each) => wordsOf(each).replace(/\d+ seconds?/, 'n seconds'))
    expect(words(known)).toEqual(words(unknown))
  })

  test('at the forms of who is signed in is slowed in that session alone', async () => {
    const server = await ownServer()
    const [thief, owner] = [await signedIn(server.url, nova), await signedIn(server.url, nova)]
    const form = await formOf(thief, '/account/security', '/account/password')
    const fields = { password: 'wrong pass-phrase', ...changed }
    const statuses: number[] = []
    for (let time = 0; time < 11; time += 1) statuses.push((await thief.submit(form, fields)).status)
    expect(statuses).toEqual([...Array(10).fill(422), 429])
    const deletion = await formOf(thief, '/account/data', '/account/delete')
    expect((await thief.submit(deletion, { handle: nova.handle, password: nova.password })).status).toBe(429)
    const own = await formOf(owner, '/account/security', '/account/password')
    expect((await owner.submit(own, { password: nova.password, ...changed })).status).toBe(200)
    server.advance(hour)
    expect(await isSignedIn(owner)).toBe(true)
  })
})
