import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openSealer } from '../src/crypto/sealer.ts'
import { mint } from '../src/crypto/secret.ts'
import { browserToken, isTokenOf, keptToken, sessionToken, shownTo } from '../src/pages/session/form-token.ts'

const minute = 60_000
let now = 0
const clock = () => now
// One server alone: no other has made a key.
const sealer = await openSealer({
  store: { sealingKeys: async (fresh) => [fresh] },
  clock,
  random: randomBytes,
})
const deps = { sealer, clock }
const browser = mint('browser', randomBytes)
const other = mint('browser', randomBytes)
const session = (id: number) => ({ user: { id }, digest: mint('session', randomBytes).digest })
const nova = session(7)
const from = (current: typeof nova | undefined, ...browsers: (typeof browser)[]) => ({
  browsers: (browsers.length > 0 ? browsers : [browser]).map((each) => each.digest),
  session: current,
})

describe('the token of a form', () => {
  test('is of one browser, by whichever of its cookies, and no text of another length or kind is', () => {
    const tokens = [other, browser].map(browserToken)
    expect(isTokenOf(browserToken(browser), tokens)).toBe(true)
    expect(isTokenOf(sessionToken(nova, browser, deps), tokens)).toBe(true)
    expect(isTokenOf(browserToken(mint('browser', randomBytes)), tokens)).toBe(false)
    for (const none of [undefined, '', '.', browserToken(browser).slice(1), `x.${browserToken(browser)}`])
      expect(isTokenOf(none, tokens)).toBe(false)
    expect(isTokenOf('', [])).toBe(false)
  })

  test('acts in its own session alone', () => {
    const token = sessionToken(nova, browser, deps)
    expect(shownTo(token, from(nova), deps)).toEqual({ userId: 7, acts: true })
    expect(shownTo(token, from(nova, other, browser), deps)).toEqual({ userId: 7, acts: true })
    for (const current of [undefined, session(7), session(8), { ...nova, user: { id: 8 } }])
      expect(shownTo(token, from(current), deps)).toEqual({ userId: 7, acts: false })
  })

  test('that was kept acts in the next session of the same user, for less than an hour', () => {
    const token = keptToken(7, browser, deps)
    const next = session(7)
    now += 60 * minute - 1
    expect(shownTo(token, from(next), deps)).toEqual({ userId: 7, acts: true })
    expect(shownTo(token, from(session(8)), deps)).toEqual({ userId: 7, acts: false })
    expect(shownTo(token, from(undefined), deps)).toEqual({ userId: 7, acts: false })
    now += 1
    expect(shownTo(token, from(next), deps)).toEqual({ userId: 7, acts: false })
  })

  test('of another browser, of nobody, made up or written in another way says nothing', () => {
    const token = sessionToken(nova, browser, deps)
    const [ofBrowser = '', sealed = ''] = token.split('.')
    expect(shownTo(token, from(nova, other), deps)).toBeUndefined()
    expect(shownTo(token, { browsers: [], session: nova }, deps)).toBeUndefined()
    const others = [undefined, '', ofBrowser, `${ofBrowser}.`, `${ofBrowser}.${sealed.slice(1)}`]
    for (const made of [...others, `${token}=`, `${ofBrowser}.${sealed}!`, `${ofBrowser}.x${sealed}`])
      expect(shownTo(made, from(nova), deps)).toBeUndefined()
    const otherKind = Buffer.from(sealer.seal('proof nonce', '7')).toString('base64url')
    expect(shownTo(`${ofBrowser}.${otherKind}`, from(nova), deps)).toBeUndefined()
  })
})
