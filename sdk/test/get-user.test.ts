import { devices, rejection } from '@stagedoor/testkit/sdk'
import { refusal, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'

const refreshes = (server: TokenServer) => server.to('/v1/oauth/token')

describe.each(devices)('in %s', (_name, signedIn) => {
  describe('getUser', () => {
    test('answers the profile', async () => {
      const { server, oauth } = await signedIn()
      server.on('/v1/me', () => ({
        userId: 7,
        name: 'Ada',
        handle: 'ada',
        verified: true,
        profilePicture: { '150x150': 'https://img/150', mirrors: ['https://mirror'] },
        data: { id: 'x7Yz2', name: 'Ada', bio: 'Hello', follower_count: 3 },
      }))
      expect(await oauth.getUser()).toMatchObject({
        id: 'x7Yz2',
        userId: 7,
        name: 'Ada',
        handle: 'ada',
        verified: true,
        isVerified: true,
        profilePicture: {
          '150x150': 'https://img/150',
          _150x150: 'https://img/150',
          mirrors: ['https://mirror'],
        },
        bio: 'Hello',
        followerCount: 3,
      })
    })

    test('refreshes before the access token ends, not after', async () => {
      const { server, oauth } = await signedIn(3)
      await oauth.getUser()
      expect(server.to('/v1/me')[0]?.authorization).toBe('Bearer access1')
    })

    test('refreshes once and asks once more after a 401', async () => {
      const { server, oauth } = await signedIn()
      server.on('/v1/me', refusal(401, 'invalid_token'))
      expect(await rejection(oauth.getUser())).toMatchObject({ name: 'ApiError', code: 'unauthorized' })
      expect(refreshes(server)).toHaveLength(1)
      expect(server.to('/v1/me')).toHaveLength(2)
    })

    test('takes the token that another tab has got, instead of refreshing', async () => {
      const { server, oauth, tokenStore } = await signedIn()
      server.on('/v1/me', async (call, response) => {
        if (call.authorization === 'Bearer theirs') return { userId: 7, name: 'Ada', handle: 'ada' }
        await tokenStore.setTokens('theirs', 'theirs')
        return refusal(401, 'invalid_token')(call, response)
      })
      expect(await oauth.getUser()).toMatchObject({ id: '7' })
      expect(refreshes(server)).toEqual([])
    })

    test('does not follow a redirect with the token', async () => {
      const { server, oauth } = await signedIn()
      const other = await serve()
      server.on(
        '/v1/me',
        (_call, response) => void response.writeHead(302, { location: `${other.url}/v1/me` }).end(),
      )
      expect(await rejection(oauth.getUser())).toMatchObject({ code: 'unreachable' })
      expect(other.calls).toEqual([])
    })

    test.each([{}, { name: 7 }, [], { userId: 'x', name: 'Ada', handle: 'ada' }])(
      'refuses %j',
      async (me) => {
        const { server, oauth } = await signedIn()
        server.on('/v1/me', () => me)
        expect(await rejection(oauth.getUser())).toMatchObject({ code: 'invalid_answer' })
      },
    )
  })
})
