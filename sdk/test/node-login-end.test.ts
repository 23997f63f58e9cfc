import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { API_KEY, rejection } from '@stagedoor/testkit/sdk'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { sdk } from '../src/node.ts'
import { ask, commandLine, isClosed } from './node-harness.ts'

afterEach(() => vi.useRealTimers())

/** A program that has a port of its own, until the test's end. */
async function occupied(address: string) {
  const server = createServer().listen(0, address)
  await once(server, 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('There is no free port.')
  return { port: bound.port, [Symbol.dispose]: () => server.close() }
}

describe('A login on the command line', () => {
  test('ends when the app aborts it', async () => {
    const controller = new AbortController()
    const { login, callback } = await commandLine({ signal: controller.signal })
    controller.abort()
    expect(await rejection(login)).toMatchObject({ code: 'aborted', cancelled: true })
    expect(await isClosed(callback({}))).toBe(true)
  })

  test('opens nothing once it was aborted', async () => {
    const { oauth } = sdk({ apiKey: API_KEY, redirectUri: 'http://127.0.0.1/' })
    const openUrl = vi.fn()
    const login = oauth.login({ openUrl, signal: AbortSignal.abort() })
    expect(await rejection(login)).toMatchObject({ code: 'aborted' })
    expect(openUrl).not.toHaveBeenCalled()
  })

  test('ends after ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { login, callback } = await commandLine()
    vi.advanceTimersByTime(10 * 60_000 - 1)
    expect(await isClosed(callback({}))).toBe(false)
    vi.advanceTimersByTime(1)
    expect(await rejection(login)).toMatchObject({ name: 'LoginError', code: 'login_timeout' })
    expect(await isClosed(callback({}))).toBe(true)
  })

  test('closes connections that were made ahead and never used', async () => {
    const { login, callback } = await commandLine()
    const idle = connect(Number(new URL(callback({})).port), '127.0.0.1')
    await once(idle, 'connect')
    const closed = once(idle, 'close')
    idle.resume()
    await ask(callback({ code: 'c' }))
    await login
    await closed
  })

  test('can follow another on the same port at once', async () => {
    const free = await occupied('127.0.0.1')
    free[Symbol.dispose]()
    const { login, callback, oauth, server } = await commandLine({
      redirectUri: `http://127.0.0.1:${free.port}/cb`,
    })
    await ask(callback({ code: 'c1' }))
    await login
    const again = oauth.login({
      redirectUri: `http://127.0.0.1:${free.port}/cb`,
      openUrl: (url) => {
        const { state, redirect_uri } = Object.fromEntries(new URL(url).searchParams)
        return ask(`${redirect_uri}?code=c2&state=${state}`)
      },
    })
    await again
    expect(server.to('/v1/oauth/token').map(({ body }) => body['code'])).toEqual(['c1', 'c2'])
  })

  test('shows the app’s name as text', async () => {
    const { login, callback } = await commandLine({}, { appName: '<img src=x onerror="a(\'b\')">&' })
    const page = await ask(callback({ code: 'c' }))
    await login
    expect(page.text).toContain('&#60;img src=x onerror=&#34;a(&#39;b&#39;)&#34;&#62;&#38;')
    expect(page.text).not.toContain('<img')
  })
})
