import { expectProblem } from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'
import { apiServer, dataOf, faultyFields, listOf, type Member } from './api.ts'

const { call, publish, nova, jun, sam } = await apiServer()
const track = await publish(nova, { title: 'Aurora' })

const follow = (by: Member, whom: Member, method = 'POST') =>
  call(method, `/v1/users/${whom.id}/follow`, { token: by.write })
const handles = async (path: string, token?: string) =>
  listOf(await call('GET', path, token ? { token } : {})).map(({ handle }) => handle)

describe('following', () => {
  test('is counted once, listed on both sides, and taken back', async () => {
    await Promise.all([1, 2, 3].map(() => follow(sam, nova)))
    await follow(sam, jun)
    await follow(jun, nova)
    expect(await handles(`/v1/users/${nova.id}/followers`)).toEqual(expect.arrayContaining(['sam', 'jun']))
    expect(await handles(`/v1/users/${sam.id}/following`)).toEqual(['jun', 'nova'])
    expect(await handles(`/v1/users/${jun.id}/mutuals`, sam.read)).toEqual(['nova'])
    expect(await handles(`/v1/users/${nova.id}/related`)).toEqual(['jun'])
    expect(dataOf(await call('GET', `/v1/users/${nova.id}`, { token: sam.read }))).toMatchObject({
      ...{ follower_count: 2, followee_count: 0 },
      ...{ does_current_user_follow: true, does_follow_current_user: false },
    })
    expect(dataOf(await call('GET', '/v1/users/handle/sam', { token: nova.read }))).toMatchObject({
      ...{ follower_count: 0, followee_count: 2 },
      ...{ does_current_user_follow: false, does_follow_current_user: true },
    })
    await Promise.all([1, 2].map(() => follow(sam, nova, 'DELETE')))
    expect(await handles(`/v1/users/${nova.id}/followers`)).toEqual(['jun'])
    expect(dataOf(await call('GET', `/v1/users/${nova.id}`))).toMatchObject({ follower_count: 1 })
  })

  test('is told of the artist inside their tracks and of the owner inside their playlists', async () => {
    const body = { playlist_name: 'Night', playlist_contents: [{ track_id: track }] }
    const made = await call('POST', '/v1/playlists', { token: nova.write, body })
    const follows = async (token?: string) =>
      Promise.all(
        [`/v1/tracks/${track}`, `/v1/users/${nova.id}/tracks`, `/v1/users/${nova.id}/playlists`].map(
          async (path) => {
            const { data } = (await call('GET', path, token ? { token } : {})).body
            const { user } = Object(Array.isArray(data) ? data[0] : data)
            return [user.does_current_user_follow, user.does_follow_current_user]
          },
        ),
      )
    await follow(sam, nova)
    expect(await follows(sam.read)).toEqual([
      [true, false],
      [true, false],
      [true, false],
    ])
    await follow(sam, nova, 'DELETE')
    for (const token of [sam.read, undefined])
      expect(await follows(token)).toEqual([
        [false, false],
        [false, false],
        [false, false],
      ])
    await call('DELETE', `/v1/playlists/${made.body['playlist_id']}`, { token: nova.write })
  })

  test('nobody follows themselves, or who is not there', async () => {
    expectProblem(await follow(sam, sam), 400, 'invalid_request', /nobody follows themselves/)
    const nobody = await call('POST', '/v1/users/ZZZZZ/follow', { token: sam.write })
    expect([400, 404]).toContain(nobody.status)
  })

  test('makes a feed of what they publish and repost, for oneself alone', async () => {
    await follow(sam, nova)
    await follow(sam, jun)
    const list = await call('POST', '/v1/playlists', { token: jun.write, body: { playlist_name: 'Dusk' } })
    const id = String(list.body['playlist_id'])
    await call('POST', `/v1/tracks/${track}/reposts`, { token: jun.write })
    await publish(nova, { title: 'Nobody sees', is_unlisted: true })
    const feed = async (query = '') =>
      listOf(await call('GET', `/v1/users/${sam.id}/feed${query}`, { token: sam.read })).map(
        ({ type, item }) => `${type} ${Object(item).id}`,
      )
    expect(await feed()).toEqual([`track ${track}`, `playlist ${id}`])
    expect(await feed('?filter=original')).toEqual([`playlist ${id}`, `track ${track}`])
    expect(await feed('?filter=repost')).toEqual([`track ${track}`])
    expect(await feed('?tracks_only=true')).toEqual([`track ${track}`])
    expect(await feed('?offset=1')).toEqual([`playlist ${id}`])
    expect((await call('GET', `/v1/users/${sam.id}/feed`, { token: jun.read })).status).toBe(403)
    expect((await call('GET', `/v1/users/${sam.id}/feed`)).status).toBe(401)
  })
})

test('an account names its playlists, those in its library, and how much is saved', async () => {
  const own = await call('POST', '/v1/playlists', {
    token: sam.write,
    body: { playlist_name: 'Own', is_private: true },
  })
  const theirs = await call('POST', '/v1/playlists', {
    token: nova.write,
    body: { playlist_name: 'Theirs', is_album: true },
  })
  await call('POST', `/v1/playlists/${theirs.body['playlist_id']}/favorites`, { token: sam.write })
  await call('POST', `/v1/tracks/${track}/favorites`, { token: sam.write })
  const account = dataOf(await call('GET', '/v1/users/account/0x0', { token: sam.read }))
  expect(account).toMatchObject({
    user: { handle: 'sam' },
    playlists: [
      { id: own.body['playlist_id'], name: 'Own', is_album: false, user: { handle: 'sam' } },
      { id: theirs.body['playlist_id'], name: 'Theirs', is_album: true, user: { handle: 'nova' } },
    ],
    track_save_count: 1,
  })
  expect((await call('GET', '/v1/users/account/0x0')).status).toBe(401)
})

describe('comments', () => {
  const write = (by: Member, fields: object) =>
    call('POST', '/v1/comments', {
      token: by.write,
      body: { entity_type: 'Track', entity_id: track, body: 'Lovely', ...fields },
    })
  const at = async (query = '') => listOf(await call('GET', `/v1/tracks/${track}/comments${query}`))

  test('are written, answered, liked, changed and deleted', async () => {
    const id = String((await write(jun, { track_timestamp_s: 12 })).body['comment_id'])
    const other = String((await write(sam, { body: 'Again' })).body['comment_id'])
    const answer = String((await write(nova, { body: 'Thanks', parent_id: id })).body['comment_id'])
    await Promise.all([1, 2].map(() => call('POST', `/v1/comments/${id}/react`, { token: nova.write })))
    expect(await at()).toMatchObject([
      {
        ...{ id, message: 'Lovely', user: { handle: 'jun' }, track_timestamp_s: 12, reply_count: 1 },
        ...{ react_count: 1, is_artist_reacted: true, is_current_user_reacted: false, is_edited: false },
      },
      { id: other, message: 'Again' },
    ])
    expect((await at('?sort_method=newest')).map((comment) => comment['id'])).toEqual([other, id])
    expect(listOf(await call('GET', `/v1/comments/${id}/replies`))).toMatchObject([
      { id: answer, message: 'Thanks' },
    ])
    expect(listOf(await call('GET', `/v1/users/${jun.id}/comments`))).toMatchObject([{ id }])
    expect(dataOf(await call('GET', `/v1/tracks/${track}`))).toMatchObject({ comment_count: 3 })

    const change = (by: Member) =>
      call('PUT', `/v1/comments/${id}`, { token: by.write, body: { body: 'Lovelier' } })
    expectProblem(await change(nova), 403, 'access_denied', /owner/)
    expect((await change(jun)).status).toBe(200)
    expect(listOf(await call('GET', `/v1/comments/${id}`))).toMatchObject([
      { message: 'Lovelier', is_edited: true },
    ])

    const remove = (comment: string, by: Member) =>
      call('DELETE', `/v1/comments/${comment}`, { token: by.write })
    expectProblem(await remove(id, sam), 403, 'access_denied', /owner/)
    expect((await remove(other, nova)).status).toBe(200)
    expect((await remove(id, jun)).status).toBe(200)
    expect((await remove(id, jun)).status).toBe(404)
    expect(await at()).toEqual([])
    expect(dataOf(await call('GET', `/v1/tracks/${track}`))).toMatchObject({ comment_count: 0 })
    expectProblem(await call('GET', `/v1/comments/${answer}`), 404, 'not_found', /no such comment/)
  })

  test('take the ids that the hosted service’s client sends as numbers', async () => {
    const tracks = listOf(await call('GET', `/v1/tracks?id=${track}`))
    expect(tracks).toHaveLength(1)
    const id = String((await write(jun, { body: 'By number', entity_id: 1 })).body['comment_id'])
    expect(id).not.toBe('undefined')
  })

  test.each([
    [{ body: '' }, ['body']],
    [{ body: ' \n ' }, ['body']],
    [{ body: 'x'.repeat(401) }, ['body']],
    [{ body: 'a\u0000b' }, ['body']],
    [{ body: 'turned \u202e round' }, ['body']],
    [{ entity_type: 'Event' }, ['entity_type']],
    [{ entity_id: 'nonsense!' }, ['entity_id']],
    [{ track_timestamp_s: -1 }, ['track_timestamp_s']],
  ])('of %j are refused, and say which field is wrong (IN-1)', async (fields, faulty) => {
    expect(faultyFields(await write(jun, fields))).toEqual(faulty)
  })

  test('answer a comment at the same track alone', async () => {
    const elsewhere = await publish(nova, { title: 'Elsewhere' })
    const id = String((await write(jun, {})).body['comment_id'])
    expectProblem(await write(sam, { parent_id: id, entity_id: elsewhere }), 404, 'not_found', /comment/)
  })
})

describe('what a person listened to', () => {
  test('is theirs alone, each track once, the last first, and nothing of a mere look', async () => {
    const other = await publish(jun, { title: 'Boreal' })
    const listen = (id: string, token?: string, method = 'GET') =>
      call(method, `/v1/tracks/${id}/stream`, token ? { token } : {})
    const path = `/v1/users/${sam.id}/history/tracks`
    const history = async () =>
      listOf(await call('GET', path, { token: sam.read })).map(({ item }) => Object(item).title)
    await listen(other)
    await listen(other, sam.read, 'HEAD')
    expect(await history()).toEqual([])
    for (const id of [track, other, track]) expect((await listen(id, sam.read)).status).toBe(302)
    expect(await history()).toEqual(['Aurora', 'Boreal'])
    expectProblem(await call('GET', path, { token: jun.read }), 403, 'access_denied')
    expectProblem(await call('GET', path), 401, 'invalid_token')
  })
})
