import { devices, rejection, until } from '@stagedoor/testkit/sdk'
import { describe, expect, test } from 'vitest'
import type { OAuth } from '../src/oauth.ts'

const calls: [string, (oauth: OAuth, url: string, signal: AbortSignal) => Promise<unknown>][] = [
  ['getUser', (oauth, _url, signal) => oauth.getUser({ signal })],
  ['getAccessToken', (oauth, _url, signal) => oauth.getAccessToken({ signal })],
  ['refreshAccessToken', (oauth, _url, signal) => oauth.refreshAccessToken({ signal })],
  ['fetch', (oauth, url, signal) => oauth.fetch(url, { signal })],
  ['fetch of a Request', (oauth, url, signal) => oauth.fetch(new Request(url, { signal }))],
]

describe.each(devices)('in %s', (_name, signedIn) => {
  describe('a signal', () => {
    test.each(calls)('ends %s', async (_name, call) => {
      const { server, oauth } = await signedIn(0)
      server.on('/v1/oauth/token', () => undefined)
      const abort = new AbortController()
      const rejected = rejection(call(oauth, `${server.url}/v1/me`, abort.signal))
      await until(() => server.calls.length === 1)
      abort.abort('gone')
      expect(await rejected).toMatchObject({ code: 'request_aborted', cancelled: true, cause: 'gone' })
    })

    test.each(calls)('that is aborted already sends nothing for %s', async (_name, call) => {
      const { server, oauth } = await signedIn(0)
      expect(await rejection(call(oauth, `${server.url}/v1/me`, AbortSignal.abort()))).toMatchObject({
        code: 'request_aborted',
      })
      expect(server.calls).toEqual([])
    })

    test('of fetch ends the request itself', async () => {
      const { server, oauth } = await signedIn()
      let closed = false
      server.on('/v1/me', (_call, response) => {
        response.on('close', () => {
          closed = true
        })
      })
      const abort = new AbortController()
      const rejected = rejection(oauth.fetch(`${server.url}/v1/me`, { signal: abort.signal }))
      await until(() => server.calls.length === 1)
      abort.abort()
      expect(await rejected).toMatchObject({ code: 'request_aborted' })
      await until(() => closed)
    })

    test('of one caller leaves the refresh to the others', async () => {
      const { oauth } = await signedIn(0)
      const abort = new AbortController()
      const rejected = rejection(oauth.refreshAccessToken({ signal: abort.signal }))
      const other = oauth.refreshAccessToken()
      abort.abort()
      expect(await rejected).toMatchObject({ code: 'request_aborted' })
      expect(await other).toBe('access1')
    })

    test.each(['before', 'after'])('aborted %s logout() ends the wait, not the logout', async (when) => {
      const { server, oauth, tokenStore } = await signedIn()
      server.on('/v1/oauth/revoke', () => undefined)
      const abort = new AbortController()
      if (when === 'before') abort.abort()
      const rejected = rejection(oauth.logout({ signal: abort.signal }))
      if (when === 'after') await until(() => server.calls.length === 1)
      abort.abort()
      expect(await rejected).toMatchObject({ code: 'request_aborted' })
      await until(() => server.calls.length === 1)
      expect(await tokenStore.getAccessToken()).toBe(null)
    })
  })
})
