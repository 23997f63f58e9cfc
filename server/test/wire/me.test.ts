import { fileServer } from '@stagedoor/testkit/server'
import { appAndBrowser, expectProblem, get } from '@stagedoor/testkit/wire-app'
import { sam, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { encodeId } from '../../src/api/ids.ts'
import { rawRequest } from './socket.ts'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)
const { access, refresh } = await app.pair(browser)
// RFC 9728 §5.1: where a client that knows nothing but the resource goes on.
const metadata = `resource_metadata="${server.url}/.well-known/oauth-protected-resource"`
const me = (authorization: string, path = '/v1/me') => get(server.url + path, { authorization })

describe('the profile', () => {
  test.each(['/v1/me', '/v1/oauth/me'])(
    'is at %s, in the specification’s shape (BR-18, BR-17)',
    async (path) => {
      const { status, headers, body } = await me(`Bearer ${access}`, path)
      const { data, ...profile } = body
      expect(status).toBe(200)
      const base = `${server.url}/content/bafkreigwyw4kwt5kxx4c4skosfrasbgzivnbvjpaqc43w5vhffxxtnqz74`
      const picture = {
        '150x150': `${base}/150x150.jpg`,
        '480x480': `${base}/480x480.jpg`,
        '1000x1000': `${base}/1000x1000.jpg`,
        mirrors: [],
      }
      const userId = expect.any(Number)
      expect(profile).toEqual({
        userId,
        name: 'Nova Reyes',
        handle: 'nova',
        verified: true,
        profilePicture: picture,
        sub: encodeId(Number(body['userId'])),
        preferred_username: 'nova',
        picture: picture['480x480'],
      })
      expect(data).toMatchObject({
        id: encodeId(Number(body['userId'])),
        user_id: body['userId'],
        handle: 'nova',
        handle_lc: 'nova',
        name: 'Nova Reyes',
        bio: null,
        location: null,
        website: null,
        is_verified: true,
        profile_picture: picture,
        cover_photo: null,
        follower_count: 0,
        followee_count: 0,
        track_count: 0,
        playlist_count: 0,
        album_count: 0,
        repost_count: 0,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        is_deactivated: false,
        is_available: true,
        wallet: null,
        erc_wallet: null,
      })
      expect(JSON.stringify(body)).not.toMatch(/example\.com|password|argon/)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('vary')).toMatch(/authorization/i)
      expect(headers.get('access-control-allow-origin')).toBe('*')
    },
  )

  test('has no profilePicture where there is none', async () => {
    const pair = await app.pair(await signedIn(server.url, sam))
    const { body } = await me(`Bearer ${pair.access}`)
    expect(body).not.toHaveProperty('profilePicture')
    expect(body).not.toHaveProperty('picture')
    expect(body).toMatchObject({ handle: 'sam', verified: false, data: { profile_picture: null } })
  })

  test('pictures are there, and their bytes are for good', async () => {
    const { body } = await me(`Bearer ${access}`)
    const { '150x150': url } = Object(body['profilePicture'])
    const picture = await fetch(String(url))
    expect(picture.status).toBe(200)
    expect(picture.headers.get('content-type')).toBe('image/jpeg')
    expect(picture.headers.get('cache-control')).toContain('immutable')
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff')
    expect(picture.headers.get('content-security-policy')).toContain('sandbox')
  })
})

describe('the Authorization header', () => {
  test.each(['Bearer', 'bearer', 'BEARER'])('is read as %s (BR-1)', async (scheme) => {
    expect((await me(`${scheme} ${access}`)).status).toBe(200)
    expect((await me(`${scheme}   ${access}  `)).status).toBe(200)
  })

  test('that is not there is told so without an error code (BR-7)', async () => {
    const answer = await get(`${server.url}/v1/me`)
    expectProblem(answer, 401, 'invalid_token', /No access token/)
    expect(answer.headers.get('www-authenticate')).toBe(`Bearer realm="stagedoor", ${metadata}`)
  })

  test.each([
    ['Basic eDp5', 'Basic eDp5'],
    ['of another scheme', `Token ${access}`],
    ['without a scheme', access],
    ['without a space', `Bearer${access}`],
    ['with a tab', `Bearer\t${access}`],
  ])('%s is no bearer token (BR-2, BR-12)', async (_, header) => {
    const answer = await me(header)
    expectProblem(answer, 401, 'invalid_token')
    expect(answer.headers.get('www-authenticate')).not.toContain('error')
  })

  test.each([
    ['empty', 'Bearer'],
    ['a refresh token', `Bearer ${refresh}`],
    ['an access token cut short', `Bearer ${access.slice(0, -1)}`],
    ['an access token and a dot', `Bearer ${access}.`],
    ['an access token in capitals', `Bearer ${access.toUpperCase()}`],
    ['in quotes', `Bearer "${access}"`],
    ['two tokens', `Bearer ${access} ${access}`],
    ['two tokens and a comma', `Bearer ${access}, Bearer ${access}`],
    ['an API key', `Bearer ${app.apiKey}`],
    ['of Latin-1', 'Bearer \u00e9'],
    ['of 10 kB', `Bearer ${'x'.repeat(10_000)}`],
    ['an unknown one', `Bearer sdat_${'A'.repeat(49)}`],
  ])('that is %s is an invalid token (BR-3, BR-8)', async (_, header) => {
    const answer = await me(header)
    expectProblem(answer, 401, 'invalid_token')
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="stagedoor", error="invalid_token"/)
    expect(answer.headers.get('www-authenticate')).toContain(metadata)
    expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
  })

  test('sent twice is refused, whichever of them is good (BR-4)', async () => {
    const good = `Authorization: Bearer ${access}`
    for (const headers of [
      [good, 'Authorization: Bearer x'],
      ['Authorization: Bearer x', good],
      [good, good],
      [good, 'authorization: Basic eDp5'],
    ]) {
      const { status, body } = await rawRequest(server.url, 'GET /v1/me', headers)
      expect(status).toBe(400)
      expect(JSON.parse(body)).toMatchObject({ error: 'invalid_request' })
    }
  })

  test('is the only place a token is taken from (BR-5, BR-6)', async () => {
    const answer = await get(`${server.url}/v1/me?access_token=${access}&token=${access}`)
    expectProblem(answer, 401, 'invalid_token', /No access token/)
    const cookie = `access_token=${access}; ${Array.from(browser.cookies, (pair) => pair.join('=')).join('; ')}`
    expect((await get(`${server.url}/v1/me`, { cookie })).status).toBe(401)
    expect((await get(`${server.url}/v1/me`, { 'x-access-token': access })).status).toBe(401)
  })
})

describe('user_id', () => {
  const withQuery = (query: string) => me(`Bearer ${access}`, `/v1/me?${query}`)
  const own = async () => Number((await withQuery('')).body['userId'])

  test('of the token’s own user is good, beside the incumbent’s parameters', async () => {
    const answer = await withQuery(`user_id=${encodeId(await own())}&app_name=x&api_key=${app.apiKey}`)
    expect(answer.status).toBe(200)
  })

  test('of another user is forbidden (BR-10)', async () => {
    expectProblem(await withQuery(`user_id=${encodeId((await own()) + 1)}`), 403, 'access_denied', /user_id/)
  })

  test.each(['nope', '1', 'x'.repeat(5000), '%00', '%ff', '..%2f..', "'%20OR%201=1--"])(
    'that is no id is named: %.30s',
    async (id) => {
      expectProblem(await withQuery(`user_id=${id}`), 400, 'invalid_request', /user_id/)
    },
  )

  test('sent twice is refused, whichever of them is good', async () => {
    const [mine, others] = [encodeId(await own()), encodeId((await own()) + 1)]
    for (const [first, second] of [
      [mine, others],
      [others, mine],
      [mine, mine],
    ])
      expectProblem(await withQuery(`user_id=${first}&user_id=${second}`), 400, 'invalid_request', /user_id/)
  })

  test('does not matter without a token', async () => {
    expect((await get(`${server.url}/v1/me?user_id=nope`)).status).toBe(401)
  })
})
