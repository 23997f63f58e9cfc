import { expectProblem } from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'
import { playlistTracks } from '../../src/limits.ts'
import { apiServer, dataOf, faultyFields, listOf, type Member } from './api.ts'

const { server, call, publish, addUpload, nova, jun, sam } = await apiServer()

const [first, second, hidden] = [
  await publish(nova, { title: 'First' }),
  await publish(nova, { title: 'Second' }),
  await publish(nova, { title: 'Hidden', is_unlisted: true }),
]

async function create(by: Member, fields: object = {}): Promise<string> {
  const body = { playlist_name: 'Road Trip', ...fields }
  const answer = await call('POST', `/v1/playlists?user_id=${by.id}`, { token: by.write, body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return String(answer.body['playlist_id'])
}

async function playlist(id: string, token?: string) {
  const [one = {}, ...others] = listOf(await call('GET', `/v1/playlists/${id}`, token ? { token } : {}))
  expect(others).toEqual([])
  return one
}

const trackIds = async (id: string, token?: string) => {
  const { playlist_contents: contents } = await playlist(id, token)
  return Array.isArray(contents) ? contents.map(({ track_id }) => track_id) : contents
}

describe('a playlist', () => {
  test('gets a track once that is added with one Idempotency-Key', async () => {
    const id = await create(nova, { playlist_name: 'Doubled' })
    const add = (key: string) => {
      const sent = { token: nova.write, body: { track_id: first }, headers: { 'idempotency-key': key } }
      return call('POST', `/v1/playlists/${id}/tracks`, sent)
    }
    const answers = [await add('add-1'), await add('add-1'), await add('add-2')]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await trackIds(id)).toEqual([first, first])
  })

  test('is created with its tracks, found by its id, name, owner and permalink, and deleted', async () => {
    const id = await create(jun, {
      description: 'For the road',
      playlist_contents: [{ track_id: second, timestamp: 1_700_000_000 }, { track_id: first }],
    })
    const made = await playlist(id)
    expect(made).toMatchObject({
      ...{ playlist_name: 'Road Trip', description: 'For the road', is_album: false, is_private: false },
      ...{ track_count: 2, favorite_count: 0, repost_count: 0, user: { handle: 'jun' } },
      permalink: `/jun/playlist/road-trip-${id}`,
      playlist_contents: [{ track_id: second, timestamp: 1_700_000_000 }, { track_id: first }],
    })
    const tracks = listOf(await call('GET', `/v1/playlists/${id}/tracks`))
    expect(tracks.map(({ title }) => title)).toEqual(['Second', 'First'])
    expect(listOf(await call('GET', '/v1/playlists/search?query=raod%20trip'))).toEqual([made])
    expect(listOf(await call('GET', `/v1/playlists?id=${id}&id=${id}`))).toEqual([made])
    expect(listOf(await call('GET', `/v1/playlists?permalink=${made['permalink']}`))).toEqual([made])
    expect(listOf(await call('GET', `/v1/users/${jun.id}/playlists`))).toEqual([made])
    expect(listOf(await call('GET', `/v1/users/${jun.id}/albums`))).toEqual([])
    expect((await call('DELETE', `/v1/playlists/${id}`, { token: jun.write })).status).toBe(200)
    expectProblem(await call('GET', `/v1/playlists/${id}`), 404, 'not_found', /no such playlist/)
    expect(listOf(await call('GET', '/v1/playlists/search?query=road'))).toEqual([])
    expect(listOf(await call('GET', `/v1/users/${jun.id}/playlists`))).toEqual([])
  })

  test('takes tracks at its end, gives them back by their place, and is put in another order', async () => {
    const id = await create(jun)
    const add = (track_id: string, by = jun) =>
      call('POST', `/v1/playlists/${id}/tracks`, { token: by.write, body: { track_id } })
    const remove = (index: number, by = jun) =>
      call('DELETE', `/v1/playlists/${id}/tracks?index=${index}`, { token: by.write })
    const many = await Promise.all([first, first, first].map((track) => add(track)))
    expect(many.map(({ status }) => status)).toEqual([200, 200, 200])
    await add(second)
    expect(await trackIds(id)).toEqual([first, first, first, second])
    await remove(1)
    expect(await trackIds(id)).toEqual([first, first, second])
    const body = { playlist_contents: [{ track_id: second }, { track_id: first }] }
    await call('PUT', `/v1/playlists/${id}`, { token: jun.write, body })
    expect(await trackIds(id)).toEqual([second, first])
    expectProblem(await remove(2), 400, 'invalid_request', /index is of no place/)
    expectProblem(await add(first, nova), 403, 'access_denied', /owner/)
    expectProblem(await remove(0, nova), 403, 'access_denied', /owner/)
    expectProblem(await add('aaaaa'), 400, 'invalid_request', /track_id is not a valid id/)
    expect(await trackIds(id)).toEqual([second, first])
  })

  test('takes no track that its artist, another, shows in no list, and says so', async () => {
    const refused = /track_id is of a track that its artist shows in no list/
    const id = await create(jun)
    const add = { token: jun.write, body: { track_id: hidden } }
    expectProblem(await call('POST', `/v1/playlists/${id}/tracks`, add), 400, 'invalid_request', refused)
    const body = { playlist_name: 'With it', playlist_contents: [{ track_id: first }, { track_id: hidden }] }
    const words = new RegExp(`names ${hidden}, which is no track that is there, or one that its artist`)
    for (const [method, path] of [['POST', ''] as const, ['PUT', `/${id}`] as const])
      expectProblem(
        await call(method, `/v1/playlists${path}`, { token: jun.write, body }),
        400,
        'invalid_request',
        words,
      )
    const own = await create(nova)
    await call('POST', `/v1/playlists/${own}/tracks`, { ...add, token: nova.write })
    expect(await trackIds(own, nova.read)).toEqual([hidden])
  })

  test('names each id of a list that is none', async () => {
    const body = { playlist_contents: [{ track_id: first }, { track_id: 'no' }, { track_id: '½' }] }
    const answer = await call('POST', '/v1/playlists', {
      token: jun.write,
      body: { playlist_name: 'x', ...body },
    })
    const told = /is not a valid id: no\. .*is not a valid id: number 3 of 3\./
    expectProblem(answer, 400, 'invalid_request', told)
    for (const path of ['tracks', 'users', 'playlists']) {
      const list = await call('GET', `/v1/${path}?id=${first}&id=7EP5N&id=a%22b`)
      expectProblem(list, 400, 'invalid_request', /id is not a valid id: 7EP5N\. .*number 3 of 3\./)
    }
  })

  test(`holds ${playlistTracks} tracks and no more`, async () => {
    const contents = (count: number) => Array.from({ length: count }, () => ({ track_id: first }))
    const id = await create(jun, { playlist_contents: contents(playlistTracks) })
    const more = await call('POST', `/v1/playlists/${id}/tracks`, {
      token: jun.write,
      body: { track_id: second },
    })
    expectProblem(more, 400, 'invalid_request', /at most 500 tracks/)
    const body = { playlist_name: 'Too long', playlist_contents: contents(playlistTracks + 1) }
    const longer = await call('POST', '/v1/playlists', { token: jun.write, body })
    expect(faultyFields(longer)).toEqual(['playlist_contents'])
  })

  test('shows an unlisted track to its artist alone, and none that was deleted', async () => {
    const gone = await publish(nova, { title: 'Gone' })
    const id = await create(nova, {
      playlist_contents: [first, hidden, gone].map((track_id) => ({ track_id })),
    })
    await call('DELETE', `/v1/tracks/${gone}`, { token: nova.write })
    expect(await trackIds(id, nova.read)).toEqual([first, hidden])
    expect(await trackIds(id)).toEqual([first])
    const tracks = listOf(await call('GET', `/v1/playlists/${id}/tracks`, { token: jun.read }))
    expect(tracks.map(({ id: track }) => track)).toEqual([first])
  })

  test('is in no list but its owner’s while it is private', async () => {
    const id = await create(sam, { playlist_name: 'Secret Garden', is_private: true })
    const list = async (token?: string) =>
      listOf(await call('GET', `/v1/users/${sam.id}/playlists`, token ? { token } : {})).length
    expect([await list(), await list(jun.read), await list(sam.read)]).toEqual([0, 0, 1])
    expect(listOf(await call('GET', '/v1/playlists/search?query=secret'))).toEqual([])
    expect(dataOf(await call('GET', `/v1/users/${sam.id}`))).toMatchObject({ playlist_count: 0 })
    await call('PUT', `/v1/playlists/${id}`, {
      token: sam.write,
      body: { is_private: false, is_album: true },
    })
    const found = dataOf(await call('GET', '/v1/search/full?query=secrte'))
    expect(found).toMatchObject({ users: [], tracks: [], playlists: [], albums: [{ id, is_album: true }] })
    expect(dataOf(await call('GET', `/v1/users/${sam.id}`))).toMatchObject({ album_count: 1 })
  })

  test('has a cover of its owner’s uploads, and no others', async () => {
    const own = addUpload({ userId: jun.userId, template: 'img_square' })
    const id = await create(jun, { playlist_image_sizes_multihash: own.image })
    expect(await playlist(id)).toMatchObject({ cover_art_sizes: own.image })
    const foreign = addUpload({ userId: nova.userId, template: 'img_square' })
    const body = { playlist_image_sizes_multihash: foreign.image }
    const change = await call('PUT', `/v1/playlists/${id}`, { token: jun.write, body })
    expectProblem(change, 400, 'invalid_request', /not the square image of any finished upload of yours/)
    const taken = { token: jun.write, body: { playlist_image_sizes_multihash: null } }
    await call('PUT', `/v1/playlists/${id}`, taken)
    expect(await playlist(id)).toMatchObject({ artwork: null })
  })
})

test.each([
  [{}, ['playlist_name']],
  [{ playlist_name: '' }, ['playlist_name']],
  [{ playlist_name: 'x'.repeat(141) }, ['playlist_name']],
  [{ playlist_name: 'x', is_album: 'yes' }, ['is_album']],
  [{ playlist_name: 'x', playlist_contents: [{ track_id: 'nonsense!' }] }, ['playlist_contents.track_id']],
  [{ playlist_name: 'x', playlist_contents: [{ timestamp: 1 }] }, ['playlist_contents']],
  [{ playlist_name: 'x', release_date: '2026-02-31' }, ['release_date']],
])('a playlist of %j is refused, and says which field is wrong (IN-1)', async (body, fields) => {
  const answer = await call('POST', '/v1/playlists', { token: jun.write, body })
  expect(answer.status).toBe(400)
  expect(faultyFields(answer)).toEqual(fields)
})

describe('reposts and saved playlists', () => {
  test('are counted once, listed, and taken back', async () => {
    const id = await create(nova, { playlist_name: 'Mine' })
    for (const path of [
      `/v1/tracks/${first}/reposts`,
      `/v1/playlists/${id}/reposts`,
      `/v1/playlists/${id}/favorites`,
    ]) {
      const before = listOf(await call('GET', path)).length
      await Promise.all([1, 2, 3].map(() => call('POST', path, { token: sam.write })))
      expect(listOf(await call('GET', path)).map(({ handle }) => handle)).toContain('sam')
      expect(listOf(await call('GET', path))).toHaveLength(before + 1)
    }
    const seen = (token: string) => call('GET', `/v1/tracks/${first}`, { token })
    expect(dataOf(await seen(sam.read))).toMatchObject({ repost_count: 1, has_current_user_reposted: true })
    expect(dataOf(await seen(jun.read))).toMatchObject({ repost_count: 1, has_current_user_reposted: false })
    expect(await playlist(id, sam.read)).toMatchObject({
      ...{ repost_count: 1, has_current_user_reposted: true },
      ...{ favorite_count: 1, has_current_user_saved: true },
    })
    expect(dataOf(await call('GET', `/v1/users/${sam.id}`))).toMatchObject({ repost_count: 2 })
    const library = listOf(await call('GET', `/v1/users/${sam.id}/library/playlists`))
    expect(library).toMatchObject([{ item_type: 'playlist', item: { id } }])
    const done = listOf(await call('GET', '/v1/users/handle/sam/reposts'))
    expect(done.map(({ item_type }) => item_type)).toEqual(['playlist', 'track'])
    for (const path of [
      `/v1/tracks/${first}/reposts`,
      `/v1/playlists/${id}/reposts`,
      `/v1/playlists/${id}/favorites`,
    ])
      await Promise.all([1, 2].map(() => call('DELETE', path, { token: sam.write })))
    expect(dataOf(await seen(sam.read))).toMatchObject({ repost_count: 0, has_current_user_reposted: false })
    expect(await playlist(id, sam.read)).toMatchObject({ repost_count: 0, favorite_count: 0 })
    expect(listOf(await call('GET', `/v1/users/${sam.id}/reposts`))).toEqual([])
  })

  test('make what is trending, this week and ever, of a genre', async () => {
    await call('POST', `/v1/tracks/${second}/reposts`, { token: jun.write })
    await call('POST', `/v1/tracks/${second}/favorites`, { token: sam.write })
    const trending = async (query = '') =>
      listOf(await call('GET', `/v1/tracks/trending${query}`)).map(({ title }) => title)
    expect((await trending())[0]).toBe('Second')
    expect((await trending('?time=allTime'))[0]).toBe('Second')
    expect(await trending('?genre=Jazz')).toEqual([])
    expect(await trending()).not.toContain('Hidden')
    expect((await call('GET', '/v1/tracks/trending?time=decade')).status).toBe(400)
    expect((await call('GET', '/v1/playlists/trending?type=album')).status).toBe(200)
  })
})

test('a write of any of them needs the scope, and the user of the token (AZ-5)', async () => {
  const id = await create(nova)
  const calls = [
    ['POST', '/v1/playlists'],
    ['PUT', `/v1/playlists/${id}`],
    ['DELETE', `/v1/playlists/${id}`],
    ['POST', `/v1/playlists/${id}/tracks`],
    ['DELETE', `/v1/playlists/${id}/tracks?index=0`],
    ['POST', `/v1/playlists/${id}/reposts`],
    ['DELETE', `/v1/playlists/${id}/favorites`],
    ['POST', `/v1/tracks/${first}/reposts`],
    ['POST', `/v1/users/${jun.id}/follow`],
    ['DELETE', `/v1/users/${jun.id}/follow`],
    ['POST', '/v1/comments'],
  ] as const
  for (const [method, path] of calls) {
    const body = method === 'DELETE' ? undefined : {}
    const other = `${path}${path.includes('?') ? '&' : '?'}user_id=${jun.id}`
    expect((await call(method, path, { body })).status).toBe(401)
    expect((await call(method, path, { token: nova.read, body })).body['error']).toBe('insufficient_scope')
    expect((await call(method, other, { token: nova.write, body })).status).toBe(403)
  }
})

test('an address of a page leads to what it shows', async () => {
  const id = await create(jun, { playlist_name: 'Über allen' })
  const resolve = async (url: string) => {
    const answer = await call('GET', `/v1/resolve?url=${encodeURIComponent(url)}`)
    return answer.status === 302 ? answer.headers.get('location') : answer.status
  }
  expect(await resolve('https://audius.co/nova')).toBe(`${server.url}/v1/users/${nova.id}`)
  expect(await resolve('/NOVA/first')).toBe(`${server.url}/v1/tracks/${first}`)
  expect(await resolve(`/jun/playlist/über-allen-${id}`)).toBe(`${server.url}/v1/playlists/${id}`)
  for (const url of ['/nobody', '/nova/nothing', '/nova/playlist/x-aaaaa', '/', 'https://%', '/a/b/c/d'])
    expect(await resolve(url), url).toBe(404)
  const told = await call('GET', '/v1/resolve?url=/nova&no_redirect=true')
  expect(told.body['data']).toBe(`${server.url}/v1/users/${nova.id}`)
})
