import { rejection, until } from '@stagedoor/testkit/sdk'
import { describe, expect, test, vi } from 'vitest'
import { LoginError, NetworkError, OAuthError, StagedoorError } from '../src/errors/errors.ts'
import type { OAuth } from '../src/oauth.ts'
import type { Sdk } from '../src/sdk.ts'
import type { SessionEvent } from '../src/session/events.ts'
import { fakeSdk } from '../src/testing.ts'

function told(oauth: OAuth): SessionEvent[] {
  const events: SessionEvent[] = []
  for (const type of ['signed-in', 'signed-out', 'refreshed', 'unreachable', 'error'] as const)
    oauth.on(type, (event) => events.push(event))
  return events
}

describe('the fake', () => {
  test('is an instance to the types, and may begin signed in as anyone', async () => {
    const audius: Sdk = fakeSdk({ isSignedIn: true, user: { name: 'Bo', verified: true } })
    const events = told(audius.oauth)
    await until(() => audius.oauth.session.status === 'authenticated')
    expect(events).toEqual([{ type: 'signed-in', how: 'restored' }])
    expect(await audius.oauth.getUser()).toMatchObject({ name: 'Bo', handle: 'ada', isVerified: true })
  })

  test('leaves a login open until the test says how it ends, and remembers what was asked', async () => {
    const { oauth, fake } = fakeSdk()
    fake.answerLogins('waits')
    const login = oauth.login({ scope: 'write', redirectUri: 'http://localhost:3000/' })
    const again = oauth.login()
    fake.answerLogins('server_error')
    expect(await rejection(login)).toMatchObject({ name: 'ApiError', code: 'server_error', retryable: true })
    expect(await rejection(again)).toMatchObject({ code: 'server_error' })
    fake.answerLogins('waits')
    const next = oauth.login()
    fake.answerLogins('success')
    await next
    expect(fake.logins).toEqual([{ scope: 'write', redirectUri: 'http://localhost:3000/' }, {}, {}])
  })

  test.each([
    ['invalid_grant', OAuthError],
    ['popup_closed', LoginError],
    ['unreachable', NetworkError],
  ] as const)('fails a login with %s in its class', async (code, kind) => {
    const { oauth, fake } = fakeSdk()
    fake.answerLogins(code)
    const error = await rejection(oauth.login())
    expect(error).toBeInstanceOf(kind)
    expect(error).toBeInstanceOf(StagedoorError)
    expect(error.code).toBe(code)
  })

  test('answers 404 where the test says nothing, and nothing while it is offline', async () => {
    const { oauth, fake } = fakeSdk({ isSignedIn: true })
    const url = 'https://api.audius.co/v1/tracks'
    expect((await oauth.fetch(url)).status).toBe(404)
    await fake.goOffline()
    expect(await rejection(oauth.fetch(url))).toMatchObject({ code: 'unreachable' })
    expect(await rejection(oauth.getUser())).toMatchObject({ code: 'unreachable' })
  })
})

describe('The fake’s users and tracks', () => {
  const user = { id: 'x7Yz2', handle: 'ada', name: 'Ada' }

  test('are answered by the test, which sees what was asked', async () => {
    const asked: string[] = []
    const { users, tracks } = fakeSdk({
      isSignedIn: true,
      respond: (request) => {
        asked.push(`${request.method} ${request.url} ${request.headers.get('authorization')}`)
        return Response.json({ data: user })
      },
    })
    expect(await users.getUser({ id: 'x7Yz2' })).toMatchObject({ data: { ...user, followerCount: 0 } })
    expect(await tracks.favoriteTrack({ trackId: 'aBc12' })).toMatchObject({ trackId: 'aBc12' })
    expect(asked).toEqual([
      'GET https://api.audius.co/v1/users/x7Yz2 Bearer access-0',
      'POST https://api.audius.co/v1/tracks/aBc12/favorites Bearer access-0',
    ])
  })

  test('fail as the SDK’s do', async () => {
    const { users, tracks, fake } = fakeSdk({ isSignedIn: true })
    expect(await rejection(users.getUser({ id: 'x7Yz2' }))).toMatchObject({ code: 'not_found' })
    await fake.goOffline()
    expect(await rejection(users.getUser({ id: 'x7Yz2' }))).toMatchObject({ code: 'unreachable' })
    await fake.goOnline()
    await fake.expire()
    expect(await rejection(tracks.deleteTrack({ trackId: 'aBc12' }))).toMatchObject({
      name: 'SessionError',
      code: 'not_authenticated',
    })
  })

  test('can be replaced one by one', async () => {
    const { tracks } = fakeSdk()
    vi.spyOn(tracks, 'getTrackStreamUrl').mockResolvedValue('https://audio')
    expect(await tracks.getTrackStreamUrl({ trackId: 'aBc12' })).toBe('https://audio')
  })
})
