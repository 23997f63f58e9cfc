import { API_KEY, devices, sleep, until } from '@stagedoor/testkit/sdk'
import { describe, expect, test } from 'vitest'
import { memoryTokenStore } from '../src/platform/token-store.ts'

describe.each(devices)('in %s', (_name, signedIn) => {
  describe('logout', () => {
    test('forgets the tokens, then revokes the refresh token', async () => {
      const { server, oauth, tokenStore } = await signedIn()
      await oauth.logout()
      expect(await tokenStore.getAccessToken()).toBe(null)
      expect(server.to('/v1/oauth/revoke').map(({ body }) => body)).toEqual([
        { token: 'refresh0', client_id: API_KEY },
      ])
    })

    test('works offline, and with nobody logged in', async () => {
      const { server, oauth, tokenStore } = await signedIn()
      await server.close()
      await oauth.logout()
      expect(await tokenStore.getAccessToken()).toBe(null)
      await oauth.logout()
    })

    test('has not arrived where a portal answers for the server, and is told later', async () => {
      const { server, oauth, comeOnline } = await signedIn()
      const told: string[] = []
      for (const type of ['logout-pending', 'logout-sent'] as const) oauth.on(type, () => told.push(type))
      server.on('/v1/oauth/revoke', (_call, response) => void response.end('<!doctype html><title>Wi-Fi'))
      await oauth.logout()
      expect(told).toEqual(['logout-pending'])
      server.on('/v1/oauth/revoke', () => ({}))
      comeOnline()
      await until(() => told.includes('logout-sent'))
    })

    test('ends an access token that came alone', async () => {
      const { server, oauth, tokenStore } = await signedIn()
      await tokenStore.setTokens('alone', '')
      await oauth.logout()
      expect(server.to('/v1/oauth/revoke').map(({ body }) => body['token'])).toEqual(['alone'])
    })

    test('beats a refresh under way, whose pair is revoked (CL-24)', async () => {
      const { server, oauth, tokenStore } = await signedIn()
      server.on('/v1/oauth/token', async () => {
        await oauth.logout()
        return { access_token: 'late', refresh_token: 'late' }
      })
      expect(await oauth.refreshAccessToken()).toBe(null)
      expect(await tokenStore.getAccessToken()).toBe(null)
      await until(() => server.to('/v1/oauth/revoke').length === 2)
      expect(server.to('/v1/oauth/revoke').map(({ body }) => body['token'])).toEqual(['refresh0', 'late'])
    })

    test('lands after a slow write that was under way', async () => {
      const memory = memoryTokenStore()
      let writing = false
      const { oauth } = await signedIn(3600, {
        ...memory,
        setTokens: async (...tokens) => {
          writing = tokens[0] === 'access1'
          await sleep(writing ? 30 : 0)
          await memory.setTokens(...tokens)
        },
      })
      const refresh = oauth.refreshAccessToken()
      await until(() => writing)
      await Promise.all([refresh, oauth.logout()])
      expect(await memory.getAccessToken()).toBe(null)
    })

    test('in another tab beats a refresh here', async () => {
      const { server, oauth, tokenStore } = await signedIn()
      server.on('/v1/oauth/token', async () => {
        await tokenStore.clear()
        return { access_token: 'late', refresh_token: 'late' }
      })
      expect(await oauth.refreshAccessToken()).toBe(null)
      expect(await tokenStore.getAccessToken()).toBe(null)
      await until(() => server.to('/v1/oauth/revoke').length === 1)
    })
  })
})
