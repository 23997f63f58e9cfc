import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { Browser, formTo, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { emulatorPages } from '../../src/pages/emulator/routes.ts'
import { withOutbox } from './mail.ts'

const inDevelopment = await fileServer({}, withOutbox)
const inService = await fileServer()

test('An installation has no emulator, by whatever it is asked', async () => {
  for (const [method, path] of emulatorPages) {
    const body = method === 'POST' ? '{"seconds":9}' : null
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    expect((await fetch(inService.url + path, { method, headers, body })).status).toBe(404)
  }
  const home = await new Browser(inService.url).open('/')
  expect(home.text).not.toContain('emulator')
})

describe('Faults together', () => {
  const call = (url: string) => fetch(`${url}/v1/tracks/search?query=a`)
  const control = (url: string, path: string, body: object = {}) =>
    fetch(`${url}/emulator/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  /** When something settles, and as what. */
  async function settled(result: Promise<Response>) {
    const begun = performance.now()
    const status = await result.then(
      (answer) => answer.status,
      () => 'no answer' as const,
    )
    return { status, seconds: (performance.now() - begun) / 1000 }
  }

  test('what is slow goes wrong in the end, whichever was added first', async () => {
    const { url } = await ownServer({}, withOutbox)
    const kinds = ['rate_limited', 'slow', 'offline']
    for (const kind of kinds) await control(url, '/faults', { kind, until: 'next', seconds: 1 })
    const first = await settled(call(url))
    expect(first).toMatchObject({ status: 429 })
    expect(first.seconds).toBeGreaterThan(0.9)
    expect(await settled(call(url))).toMatchObject({ status: 'no answer' })
    expect((await call(url)).status).toBe(200)
  })

  test('until they are ended, the first of them goes on, and one of a kind replaces the other', async () => {
    const { url } = await ownServer({}, withOutbox)
    for (const kind of ['rate_limited', 'offline']) await control(url, '/faults', { kind, until: 'ended' })
    await control(url, '/faults', { kind: 'rate_limited', until: 'ended', seconds: 9 })
    expect(await settled(call(url))).toMatchObject({ status: 'no answer' })
    const state = await fetch(`${url}/emulator/api`)
    expect(await state.json()).toMatchObject({
      faults: [{ kind: 'offline' }, { kind: 'rate_limited', seconds: 9 }],
    })
    await control(url, '/faults/end')
    expect((await call(url)).status).toBe(200)
  })

  test('an answer that is held back goes out when the emulator is reset', async () => {
    let isReset = false
    const reset = () => {
      isReset = true
    }
    const { url } = await ownServer({}, { ...withOutbox, reset })
    await control(url, '/faults', { kind: 'slow', seconds: 600 })
    const held = call(url)
    const faults = async () => (await (await fetch(`${url}/emulator/api`)).json()).faults
    await expect.poll(faults).toEqual([])
    expect((await control(url, '/reset')).status).toBe(202)
    expect((await held).status).toBe(200)
    expect(isReset).toBe(true)
  })
})

describe('The emulator’s page', () => {
  const browser = new Browser(inDevelopment.url)

  test('shows what is there, and adds and ends faults by plain forms', async () => {
    expect((await browser.open('/')).text).toContain('href="/emulator"')
    const page = await browser.open('/emulator')
    for (const words of ['Nova Reyes', 'Stagedoor example', 'No fault waits', 'Nobody has logged in yet'])
      expect(wordsOf(page)).toContain(words)
    const added = await browser.submit(formTo(page, '/emulator/faults'), { kind: 'offline', until: 'ended' })
    expect(wordsOf(added)).toContain('offline at every request of any app')
    await expect(fetch(`${inDevelopment.url}/v1/tracks/search?query=a`)).rejects.toThrow()
    const ended = await browser.submit(formTo(added, '/emulator/faults/end'))
    expect(wordsOf(ended)).toContain('No fault waits')
    expect((await fetch(`${inDevelopment.url}/v1/tracks/search?query=a`)).status).toBe(200)
  })

  test('moves the clock on, and says what cannot be', async () => {
    const page = await browser.open('/emulator')
    const moved = await browser.submit(formTo(page, '/emulator/clock'), { seconds: '90' })
    expect(wordsOf(moved)).toContain('90 seconds ahead')
    const refused = await browser.submit(formTo(moved, '/emulator/clock'), { seconds: 'soon' })
    expect(refused.status).toBe(422)
    expect((await browser.submit(formTo(moved, '/emulator/faults'), { kind: 'lightning' })).status).toBe(422)
  })

  test('does nothing for another site: neither by a form, nor by JSON', async () => {
    const { status } = await browser.post('/emulator/clock', { seconds: '9', csrf: 'x' })
    expect(status).toBe(403)
    const ask = (headers: Record<string, string>) =>
      fetch(`${inDevelopment.url}/emulator/api/clock`, { method: 'POST', headers, body: '{"seconds":9}' })
    expect((await ask({ 'content-type': 'text/plain' })).status).toBe(415)
    expect((await ask({ 'content-type': 'application/json', origin: 'https://evil.example' })).status).toBe(
      403,
    )
    const preflight = await fetch(`${inDevelopment.url}/emulator/api/clock`, { method: 'OPTIONS' })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('offers no reset where there is none', async () => {
    const page = await browser.open('/emulator')
    expect(() => formTo(page, '/emulator/reset')).toThrow()
    expect((await browser.post('/emulator/reset', formTo(page, '/emulator/clock').fields)).status).toBe(404)
  })
})
