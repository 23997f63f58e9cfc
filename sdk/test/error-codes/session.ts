import { API_KEY, rejection, sdkIn, signedInBrowser, until, wholeSdkIn } from '@stagedoor/testkit/sdk'
import { refusal, type TokenServer } from '@stagedoor/testkit/token-server'
import { expect, vi } from 'vitest'
import { memoryTokenStore } from '../../src/platform/token-store.ts'
import { logIn, type Outcome, type Scenarios, says, type World, world } from './scenario.ts'

const me = () => ({ userId: 7, name: 'Ada', handle: 'ada' })
type Answer = Parameters<TokenServer['on']>[1]

/** A profile that the server answers as given, until it is asked again. */
async function profile(answer: Answer): Promise<Outcome> {
  const { server, oauth } = await signedInBrowser()
  server.on('/v1/me', answer)
  const error = await rejection(oauth.getUser())
  server.on('/v1/me', me)
  return { error, obey: async () => expect(await oauth.getUser()).toMatchObject({ handle: 'ada' }) }
}

/** That a login makes the profile readable where it was not. */
async function afterLogIn(
  session: Pick<Awaited<ReturnType<typeof signedInBrowser>>, 'server' | 'browser' | 'oauth'>,
) {
  const { server, browser, oauth } = session
  const [page] = browser.windows
  if (!page) throw new Error('There is no page')
  const here: World = { server, browser, page }
  server.on('/v1/oauth/token', () => ({ access_token: 'new', refresh_token: 'new', expires_in: 3600 }))
  await logIn(here, oauth)
  expect(await oauth.getUser()).toMatchObject({ handle: 'ada' })
}

/** The codes of a session, and of a call to the API. */
export const session: Scenarios<
  | 'not_authenticated'
  | 'session_expired'
  | 'user_switched'
  | 'token_store_failed'
  | 'unreachable'
  | 'request_aborted'
  | 'timeout'
  | 'invalid_answer'
  | 'unauthorized'
  | 'rate_limited'
  | 'server_error'
  | 'insufficient_scope'
  | 'not_found'
  | 'request_refused'
> = {
  not_authenticated: async () => {
    const here = await world()
    const oauth = sdkIn(here.page, here.server.url)
    return { error: await rejection(oauth.getUser()), obey: () => afterLogIn({ ...here, oauth }) }
  },

  session_expired: async () => {
    const expired = await signedInBrowser(0)
    expired.server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
    return { error: await rejection(expired.oauth.getUser()), obey: () => afterLogIn(expired) }
  },

  token_store_failed: async () => {
    const { page, server } = await world()
    const cause = new Error('The keychain is locked')
    const getAccessToken = () => Promise.reject(cause)
    const tokenStore = { ...memoryTokenStore(), getAccessToken }
    const error = await rejection(sdkIn(page, server.url, { services: { tokenStore } }).getUser())
    return { error, obey: async () => expect(error.cause).toBe(cause) }
  },

  unreachable: () => profile((_call, response) => void response.destroy()),

  request_aborted: async () => {
    const { oauth } = await signedInBrowser()
    return {
      error: await rejection(oauth.getUser({ signal: AbortSignal.abort() })),
      obey: async () => expect(await oauth.getUser()).toMatchObject({ handle: 'ada' }),
    }
  },

  timeout: async () => {
    const { server, oauth } = await signedInBrowser()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      server.on('/v1/me', () => undefined)
      const rejected = rejection(oauth.getUser())
      await until(() => server.calls.length === 1)
      await vi.advanceTimersByTimeAsync(10_000)
      const error = await rejected
      server.on('/v1/me', me)
      return { error, obey: async () => expect(await oauth.getUser()).toMatchObject({ handle: 'ada' }) }
    } finally {
      vi.useRealTimers()
    }
  },

  invalid_answer: async () => {
    const website = await signedInBrowser()
    website.server.on('/v1/me', (_call, response) => void response.end('<!doctype html>'))
    const error = await rejection(website.oauth.getUser())
    const api = await signedInBrowser()
    return { error, obey: async () => expect(await api.oauth.getUser()).toMatchObject({ handle: 'ada' }) }
  },

  unauthorized: async () => {
    const cutOff = await signedInBrowser()
    cutOff.server.on('/v1/me', (call, response) =>
      call.authorization === 'Bearer new' ? me() : refusal(401, 'invalid_token')(call, response),
    )
    return { error: await rejection(cutOff.oauth.getUser()), obey: () => afterLogIn(cutOff) }
  },

  rate_limited: () => profile(refusal(429, 'slow_down')),
  server_error: () => profile(refusal(503, 'busy')),

  user_switched: async () => {
    const { server, tracks, switchUser } = await signedInBrowser(0)
    const track = { trackId: 'x7Yz2' }
    server.on('/v1/oauth/token', async () => {
      await switchUser('theirs')
      return { access_token: 'ours', refresh_token: 'ours', expires_in: 3600 }
    })
    server.on('/v1/tracks/x7Yz2', () => ({}))
    const error = await rejection(tracks.deleteTrack(track))
    expect(server.to('/v1/tracks/x7Yz2')).toEqual([])
    return { error, obey: async () => expect(await tracks.deleteTrack(track)).toMatchObject(track) }
  },

  insufficient_scope: async () => {
    const { browser, server, oauth, tracks } = await signedInBrowser()
    const [path, track] = ['/v1/tracks/x7Yz2/favorites', { trackId: 'x7Yz2' }]
    server.on(path, (call, response) =>
      call.authorization === 'Bearer new' ? {} : refusal(403, 'insufficient_scope')(call, response),
    )
    const error = await rejection(tracks.favoriteTrack(track))
    return {
      error,
      obey: async () => {
        await afterLogIn({ browser, server, oauth })
        expect(await tracks.favoriteTrack(track)).toEqual({ data: track, ...track })
      },
    }
  },

  not_found: async () => {
    const { browser, server } = await signedInBrowser()
    const { tracks } = wholeSdkIn(browser.tab(), server.url)
    const url = `${server.url}/v1/tracks/x7Yz2/stream`
    const path = `/v1/tracks/x7Yz2/stream?api_key=${API_KEY}&no_redirect=true`
    server.on(path, refusal(404, 'not_found'))
    const error = await rejection(tracks.getTrackStreamUrl({ trackId: 'x7Yz2' }))
    server.on(path, () => ({ data: url }))
    return { error, obey: async () => expect(await tracks.getTrackStreamUrl({ trackId: 'x7Yz2' })).toBe(url) }
  },

  request_refused: async () => {
    const { error } = await profile(refusal(403, 'access_denied'))
    return { error, obey: says(error, '403', 'access_denied', 'because') }
  },
}
