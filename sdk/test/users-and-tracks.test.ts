import { API_KEY, devices, rejection, signedInBrowser, wholeSdkIn } from '@stagedoor/testkit/sdk'
import { type Call, refusal, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'

const user = { id: 'x7Yz2', handle: 'ada', name: 'Ada' }
const track = {
  id: 'aBc12',
  title: 'Song',
  genre: 'Jazz',
  permalink: '/ada/song',
  user,
  user_id: 'x7Yz2',
  created_at: '2026-01-31T00:00:00.000Z',
  updated_at: '2026-01-31T00:00:00.000Z',
}
const PATH = '/v1/tracks/aBc12'
const ID = { trackId: 'aBc12' }

/** What the server was asked, but for tokens. */
const asked = (server: TokenServer) =>
  server.calls
    .filter(({ path }) => !path.startsWith('/v1/oauth'))
    .map(({ method, path, authorization }) => [method, path, authorization])

describe.each(devices)('in %s', (_name, signedIn) => {
  test('a call is made with the token, and its query by the wire’s names', async () => {
    const { server, users } = await signedIn()
    const path = '/v1/users/x7%2FYz/tracks?sort_method=title&user_id=me&limit=5&query=a%20%26%20b'
    server.on(path, () => ({ data: [] }))
    await users.getTracksByUser({
      id: 'x7/Yz',
      sortMethod: 'title',
      offset: undefined,
      userId: 'me',
      limit: 5,
      query: 'a & b',
    })
    expect(asked(server)).toEqual([['GET', path, 'Bearer access0']])
  })

  test('ids are repeated', async () => {
    const { server, tracks } = await signedIn()
    server.on('/v1/tracks?id=aBc12&id=dEf34', () => ({ data: [track] }))
    expect(await tracks.getBulkTracks({ id: ['aBc12', 'dEf34'] })).toMatchObject({ data: [{ id: 'aBc12' }] })
  })

  test('a body goes out by the wire’s names, without what is undefined', async () => {
    const { server, tracks } = await signedIn()
    server.on('/v1/tracks?user_id=x7Yz2', () => ({ track_id: 'aBc12' }))
    const metadata = {
      title: 'Song',
      genre: 'Jazz',
      trackCid: 'cid',
      bpm: undefined,
      mood: null,
      releaseDate: new Date(0),
      fieldVisibility: { playCount: false },
    }
    expect(await tracks.createTrack({ userId: 'x7Yz2', metadata })).toEqual({ data: ID, ...ID })
    expect(server.calls[0]?.body).toEqual({
      title: 'Song',
      genre: 'Jazz',
      track_cid: 'cid',
      mood: null,
      release_date: '1970-01-01T00:00:00.000Z',
      field_visibility: { play_count: false },
    })
  })

  test('a refused token is refreshed once, and the call made once more', async () => {
    const { server, tracks } = await signedIn()
    server.on(`${PATH}/favorites`, (call, response) =>
      call.authorization === 'Bearer access1' ? {} : refusal(401, 'invalid_token')(call, response),
    )
    await tracks.favoriteTrack(ID)
    expect(asked(server).map(([, , authorization]) => authorization)).toEqual([
      'Bearer access0',
      'Bearer access1',
    ])
    server.on(`${PATH}/favorites`, refusal(401, 'invalid_token'))
    expect(await rejection(tracks.favoriteTrack(ID))).toMatchObject({ code: 'unauthorized' })
  })

  test('what everyone may read is read without a token once the session has ended', async () => {
    const { server, users } = await signedIn()
    const answer = (call: Call, response: Parameters<ReturnType<typeof refusal>>[1]) =>
      call.authorization ? refusal(401, 'invalid_token')(call, response) : { data: user }
    server.on('/v1/users/x7Yz2', answer)
    server.on(`/v1/users/x7Yz2?api_key=${API_KEY}`, answer)
    server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
    expect(await users.getUser({ id: 'x7Yz2' })).toMatchObject({ data: user })
    expect(asked(server).at(-1)).toEqual(['GET', `/v1/users/x7Yz2?api_key=${API_KEY}`, undefined])
    expect(await rejection(users.getAuthorizedApps({ id: 'x7Yz2' }))).toMatchObject({ name: 'SessionError' })
  })

  test('a read is repeated when another user logged in while it was on its way', async () => {
    const { server, tracks, switchUser } = await signedIn()
    server.on(PATH, async ({ authorization }) => {
      const isTheirs = authorization === 'Bearer theirs'
      if (!isTheirs) await switchUser('theirs')
      return { data: { ...track, has_current_user_saved: isTheirs } }
    })
    expect((await tracks.getTrack(ID)).data.hasCurrentUserSaved).toBe(true)
  })

  test('a change is never made as another user than it began', async () => {
    const { server, tracks, switchUser } = await signedIn()
    server.on(PATH, async (call, response) => {
      await switchUser('theirs')
      return refusal(401, 'invalid_token')(call, response)
    })
    expect(await rejection(tracks.deleteTrack(ID))).toMatchObject({ code: 'user_switched' })
    expect(asked(server)).toEqual([['DELETE', PATH, 'Bearer access0']])
  })

  test('a change has not happened where a portal answers for the server', async () => {
    const { server, tracks } = await signedIn()
    server.on(PATH, (_call, response) => void response.end('<html>'))
    expect(await rejection(tracks.deleteTrack(ID))).toMatchObject({ code: 'invalid_answer', retryable: true })
  })

  test('a signal ends the wait', async () => {
    const { server, tracks } = await signedIn()
    const controller = new AbortController()
    server.on(PATH, () => controller.abort())
    expect(await rejection(tracks.getTrack(ID, { signal: controller.signal }))).toMatchObject({
      code: 'request_aborted',
    })
  })

  test('the URL of a download names the app, and asks no server', async () => {
    const { server, tracks } = await signedIn()
    expect(await tracks.getTrackDownloadUrl(ID)).toBe(`${server.url}${PATH}/download?api_key=${API_KEY}`)
    expect(server.calls).toEqual([])
  })
})

/** What `getTrack` makes of a track's fields. */
async function read(answer: unknown) {
  const { server, tracks } = await signedInBrowser()
  server.on(PATH, () => ({ data: answer }))
  return tracks.getTrack(ID)
}

describe('An answer', () => {
  test('is read by the types that it promises', async () => {
    const { data } = await read({
      ...track,
      bpm: 120.5,
      duration: 12,
      tags: null,
      release_date: '2026-01-31T00:00:00.000Z',
      is_unlisted: true,
      artwork: { '150x150': 'https://img/150', '480x480': 7, mirrors: ['https://mirror', 7] },
      user: { ...user, cover_photo: { '640x': 'https://img/640' }, follower_count: 3 },
      followee_favorites: [{ user_id: 'x' }],
    })
    expect(data).toMatchObject({
      bpm: 120.5,
      duration: 12,
      tags: undefined,
      releaseDate: new Date('2026-01-31'),
      isUnlisted: true,
      artwork: { '150x150': 'https://img/150', _150x150: 'https://img/150', mirrors: ['https://mirror'] },
      user: { ...user, coverPhoto: { '640x': 'https://img/640', mirrors: [] }, followerCount: 3 },
      followeeFavorites: [{ userId: 'x' }],
    })
    expect(Object.keys(data.artwork ?? {})).not.toContain('480x480')
  })

  test('may lack what the hosted service leaves out', async () => {
    const { data } = await read(track)
    expect(data).toMatchObject({
      playCount: 0,
      hasCurrentUserSaved: false,
      isStreamable: true,
      followeeReposts: [],
      stream: undefined,
      artwork: undefined,
      releaseDate: undefined,
      user: { followerCount: 0, profilePicture: undefined, isVerified: false },
    })
  })

  test('keeps no wrong value under a name that has a type', async () => {
    const { data } = await read({
      ...track,
      duration: '12',
      description: 7,
      artwork: 'https://img',
      stream: 'https://audio',
      release_date: 'soon',
      followee_reposts: {},
    })
    expect(data).toMatchObject({
      duration: 0,
      description: undefined,
      artwork: undefined,
      stream: undefined,
      releaseDate: undefined,
      followeeReposts: [],
    })
  })

  test('has of a list of texts what is text', async () => {
    const { server, users } = await signedInBrowser()
    const app = { address: '0', name: 'App', scope: 'admin', redirect_uris: ['https://a', 7, null] }
    server.on('/v1/users/x7Yz2/authorized_apps', () => ({ data: [app] }))
    const [found] = (await users.getAuthorizedApps({ id: 'x7Yz2' })).data
    expect([found?.redirectUris, found?.scope]).toEqual([['https://a'], undefined])
  })

  test('carries on what is not known yet, by the SDK’s names', async () => {
    const { data } = await read({
      ...track,
      is_stream_gated: true,
      stream_conditions: { usdc_purchase: { price: 1 } },
    })
    expect(data).toMatchObject({ isStreamGated: true, streamConditions: { usdcPurchase: { price: 1 } } })
  })

  test.each([
    ['no track', undefined],
    ['null', null],
    ['a list', [track]],
    ['a track without a title', { ...track, title: undefined }],
    ['a track of nobody', { ...track, user: null }],
    ['a track of somebody without a handle', { ...track, user: { ...user, handle: 7 } }],
  ])('that is %s is refused', async (_what, answer) => {
    expect(await rejection(read(answer))).toMatchObject({ code: 'invalid_answer', retryable: true })
  })

  test('to a list is a list', async () => {
    const { server, users } = await signedInBrowser()
    server.on('/v1/users/search?query=a', () => ({ data: user }))
    expect(await rejection(users.searchUsers({ query: 'a' }))).toMatchObject({ code: 'invalid_answer' })
  })

  test('to a change may be empty, or a receipt of the hosted service', async () => {
    const { server, tracks, users } = await signedInBrowser()
    for (const receipt of [undefined, { transaction_hash: '0x0', block_number: 1 }]) {
      const answer = (_call: Call, response: Parameters<ReturnType<typeof refusal>>[1]) =>
        receipt ?? void response.end()
      server.on(PATH, answer)
      server.on('/v1/users/x7Yz2', answer)
      expect(await tracks.updateTrack({ ...ID, metadata: { title: 'New' } })).toEqual({ data: undefined })
      expect(await users.updateUser({ id: 'x7Yz2', metadata: { bio: '' } })).toEqual({ data: undefined })
      expect(await tracks.deleteTrack(ID)).toEqual({ data: ID, ...ID })
    }
  })
})

describe('A refusal', () => {
  test('names every field by the name that the app sent it under', async () => {
    const { server, tracks } = await signedInBrowser()
    server.on(PATH, (_call, response) => {
      response.writeHead(400, { 'content-type': 'application/problem+json', 'x-request-id': 'req-1' })
      const errors = [
        { field: 'cover_art_sizes', message: 'cover_art_sizes must be a CID.' },
        null,
        { field: 7 },
      ]
      response.end(JSON.stringify({ error: 'invalid_request', error_description: 'because', errors }))
    })
    const error = await rejection(tracks.updateTrack({ ...ID, metadata: { coverArtSizes: 'none' } }))
    expect(error).toMatchObject({ code: 'request_refused', requestId: 'req-1' })
    expect(error.faults).toEqual([{ field: 'coverArtSizes', message: 'cover_art_sizes must be a CID.' }])
  })

  test('of another kind has none', async () => {
    const { server, tracks } = await signedInBrowser()
    server.on(PATH, refusal(403, 'access_denied'))
    const error = await rejection(tracks.deleteTrack(ID))
    expect([error.code, error.faults]).toEqual(['request_refused', []])
  })
})

test('a call that is loaded later is the same function each time, and one that is not there says so', async () => {
  const { browser, server } = await signedInBrowser()
  const { users, playlists } = wholeSdkIn(browser.tab(), server.url)
  expect(users.getUser).toBe(users.getUser)
  expect(await Promise.resolve(playlists)).toBe(playlists)
  await expect(Reflect.get(users, 'getNobody')()).rejects.toThrow(
    new TypeError('getNobody is not a function'),
  )
})
