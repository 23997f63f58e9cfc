import { expectProblem } from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'
import { encodeId } from '../../src/api/ids.ts'
import { apiServer, dataOf, faultyFields, listOf, newCid } from './api.ts'

const { server, call, addUpload, publish, database, nova, jun, sam, app } = await apiServer()
const track = async (id: string, token?: string) =>
  dataOf(await call('GET', `/v1/tracks/${id}`, token === undefined ? {} : { token }))
const create = (body: unknown, token = nova.write, query = '') =>
  call('POST', `/v1/tracks${query}`, { token, body })
const good = (fields: object = {}) => ({
  title: 'Song',
  genre: 'Electronic',
  track_cid: addUpload({ userId: nova.userId }).stream,
  ...fields,
})

describe('publishing', () => {
  test('makes a track of an upload, with what the upload knows', async () => {
    const cids = addUpload({ userId: nova.userId })
    const art = addUpload({ userId: nova.userId, template: 'img_square' }).image
    const id = await publish(nova, {
      title: 'Blue Hour',
      track_cid: cids.stream,
      orig_file_cid: cids.original,
      preview_cid: cids.preview,
      cover_art_sizes: art,
      tags: 'night,blue',
      description: 'Two lines\nof text',
      release_date: '2026-01-31',
      unknown_field: { deep: [1] },
      user_id: jun.id,
      owner_id: jun.userId,
      is_verified: true,
    })
    expect(await track(id)).toMatchObject({
      id,
      title: 'Blue Hour',
      genre: 'Electronic',
      permalink: '/nova/blue-hour',
      user_id: nova.id,
      user: { handle: 'nova' },
      duration: 13,
      bpm: 120.5,
      musical_key: 'A minor',
      track_cid: cids.stream,
      preview_cid: cids.preview,
      cover_art_sizes: art,
      artwork: { '150x150': `${server.url}/content/${art}/150x150.jpg` },
      stream: { url: `${server.url}/content/${cids.stream}`, mirrors: [] },
      preview: { url: `${server.url}/content/${cids.preview}`, mirrors: [] },
      tags: 'night,blue',
      description: 'Two lines\nof text',
      release_date: '2026-01-31T00:00:00.000Z',
      is_unlisted: false,
      is_downloadable: false,
      favorite_count: 0,
      has_current_user_saved: false,
      orig_file_cid: null,
      orig_filename: null,
      is_original_available: true,
    })
    expect(await track(id, nova.read)).toMatchObject({
      orig_file_cid: cids.original,
      orig_filename: 'My Song (final).wav',
    })
    const row = database.prepare('SELECT claimed_at, user_id FROM uploads WHERE id = ?').get(cids.id)
    expect(row).toMatchObject({ claimed_at: expect.any(Number), user_id: nova.userId })
    const published = database.prepare('SELECT api_key FROM tracks WHERE track_cid = ?').get(cids.stream)
    expect(published).toEqual({ api_key: app.apiKey })
  })

  test('tells the id in both places', async () => {
    const { body } = await create(good())
    expect(body).toEqual({ success: true, track_id: body['track_id'], data: { track_id: body['track_id'] } })
  })

  test('gives each title a slug of its own, even at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(good({ title: 'At  Once!' }))))
    const links = await Promise.all(
      answers.map(async ({ body }) => (await track(String(body['track_id'])))['permalink']),
    )
    const numbers = ['', '-2', '-3', '-4', '-5', '-6', '-7', '-8']
    expect(links.map(String).sort()).toEqual(numbers.map((end) => `/nova/at-once${end}`).sort())
    expect(await track(await publish(nova, { title: '夜' }))).toMatchObject({ permalink: '/nova/夜' })
    expect(await track(await publish(nova, { title: '!!!' }))).toMatchObject({ permalink: '/nova/track' })
  })

  test('takes a staged upload, which then belongs to its user', async () => {
    const cids = addUpload({ userId: null })
    await publish(jun, { track_cid: cids.stream })
    expectProblem(await create(good({ track_cid: cids.stream })), 400, 'invalid_request', /track_cid/)
    await publish(jun, { track_cid: cids.stream, title: 'Again' })
  })

  test('the same file may stand under two titles of one user', async () => {
    const { stream } = addUpload({ userId: nova.userId })
    await publish(nova, { track_cid: stream, title: 'One' })
    await publish(nova, { track_cid: stream, title: 'Two' })
  })
})

describe('who may write:', () => {
  test('nobody without a token, a read token or another’s user_id (BR-9, BR-10)', async () => {
    const id = await publish(nova)
    const writes = [
      ['POST', '/v1/tracks', good()],
      ['PUT', `/v1/tracks/${id}`, { title: 'Stolen' }],
      ['DELETE', `/v1/tracks/${id}`, undefined],
      ['POST', `/v1/tracks/${id}/favorites`, undefined],
      ['DELETE', `/v1/tracks/${id}/favorites`, undefined],
    ] as const
    for (const [method, path, body] of writes) {
      expectProblem(await call(method, path, { body }), 401, 'invalid_token')
      const narrow = await call(method, path, { body, token: nova.read })
      expectProblem(narrow, 403, 'insufficient_scope', /write/)
      expect(narrow.headers.get('www-authenticate')).toMatch(/error="insufficient_scope", scope="write"/)
      const other = await call(method, `${path}?user_id=${jun.id}`, { body, token: nova.write })
      expectProblem(other, 403, 'access_denied', /user_id/)
      const none = await call(method, `${path}?user_id=1`, { body, token: nova.write })
      expectProblem(none, 400, 'invalid_request', /user_id/)
      const twice = `${path}?user_id=${nova.id}&user_id=${jun.id}`
      expectProblem(await call(method, twice, { body, token: nova.write }), 400, 'invalid_request', /user_id/)
    }
    expect(await track(id)).toMatchObject({ title: 'Song', favorite_count: 0 })
  })

  test('another user neither changes nor deletes a track', async () => {
    const id = await publish(nova)
    const options = { token: jun.write, body: { title: 'Stolen' } }
    expectProblem(await call('PUT', `/v1/tracks/${id}`, options), 403, 'access_denied')
    expectProblem(await call('DELETE', `/v1/tracks/${id}`, { token: jun.write }), 403, 'access_denied')
    expect(await track(id)).toMatchObject({ title: 'Song' })
  })

  test('a method in a header is no method', async () => {
    const id = await publish(nova)
    const headers = { 'x-http-method-override': 'DELETE' }
    await call('GET', `/v1/tracks/${id}`, { token: nova.write, headers })
    expect(await track(id)).toMatchObject({ id })
  })
})

describe('changing and deleting', () => {
  test('changes what is named and leaves the rest, the permalink too', async () => {
    const id = await publish(nova, { title: 'Before', mood: 'Calm', description: 'Words' })
    const { stream } = addUpload({ userId: nova.userId })
    const body = { title: 'After', description: null, is_unlisted: true, track_cid: stream, bpm: 90 }
    const answer = await call('PUT', `/v1/tracks/${id}?user_id=${nova.id}`, { token: nova.write, body })
    expect(dataOf(answer)).toMatchObject({
      title: 'After',
      mood: 'Calm',
      description: null,
      is_unlisted: true,
      track_cid: stream,
      bpm: 90,
      duration: 13,
      permalink: '/nova/before',
    })
    const wrong = { title: 'No', track_cid: newCid() }
    const refused = await call('PUT', `/v1/tracks/${id}`, { token: nova.write, body: wrong })
    expect(faultyFields(refused)).toEqual(['track_cid'])
    const nulled = await call('PUT', `/v1/tracks/${id}`, { token: nova.write, body: { title: null } })
    expect(faultyFields(nulled)).toEqual(['title'])
    expect(await track(id, nova.read)).toEqual(dataOf(answer))
  })

  test('a deleted track is gone for all, its owner too', async () => {
    const id = await publish(nova)
    await call('POST', `/v1/tracks/${id}/favorites`, { token: sam.write })
    expect((await call('DELETE', `/v1/tracks/${id}`, { token: nova.write })).status).toBe(200)
    for (const token of [nova.write, jun.read]) {
      for (const end of ['', '/stream', '/download'])
        expectProblem(await call('GET', `/v1/tracks/${id}${end}`, { token }), 404, 'not_found')
      expect(listOf(await call('GET', `/v1/tracks?id=${id}`, { token }))).toEqual([])
    }
    const gone = { token: nova.write, body: { title: 'Back' } }
    expectProblem(await call('PUT', `/v1/tracks/${id}`, gone), 404, 'not_found')
    expectProblem(await call('DELETE', `/v1/tracks/${id}`, gone), 404, 'not_found')
    expectProblem(await call('POST', `/v1/tracks/${id}/favorites`, { token: sam.write }), 404, 'not_found')
    const kept = listOf(await call('GET', `/v1/users/${sam.id}/favorites`))
    expect(kept.map((favorite) => favorite['favorite_item_id'])).not.toContain(id)
  })
})

describe('reading', () => {
  test.each(['1', 'nope!', '%00', "'%20OR%201=1--", 'x'.repeat(90), '..%2f..%2f', encodeId(1).toUpperCase()])(
    'an id that is none is named: %s',
    async (id) => {
      for (const end of ['', '/stream', '/download']) {
        const answer = await call('GET', `/v1/tracks/${id}${end}`)
        expectProblem(answer, 400, 'invalid_request', /^id /)
        expect(faultyFields(answer)).toEqual(['id'])
      }
      expectProblem(await call('GET', `/v1/tracks?id=${id}`), 400, 'invalid_request', /^id /)
    },
  )

  test('a track that never was is a 404', async () => {
    expectProblem(await call('GET', `/v1/tracks/${encodeId(999_999)}`), 404, 'not_found')
  })

  test('several at once, in the order asked for, each once', async () => {
    const [one, two] = [await publish(nova, { title: 'One' }), await publish(jun, { title: 'Two' })]
    const never = encodeId(999_999)
    const found = listOf(await call('GET', `/v1/tracks?id=${two}&id=${never}&id=${one}&id=${two}`))
    expect(found.map(({ id }) => id)).toEqual([two, one])
    expectProblem(await call('GET', '/v1/tracks'), 400, 'invalid_request', /id must be 1 to 100 ids/)
    const many = (count: number) => `/v1/tracks?${`id=${one}&`.repeat(count)}`
    expect((await call('GET', many(100))).status).toBe(200)
    expectProblem(await call('GET', many(101)), 400, 'invalid_request', /1 to 100/)
    expectProblem(await call('GET', many(500)), 400, 'invalid_request')
  })

  test('a token that is not good is not as good as none', async () => {
    const id = await publish(nova)
    const answer = await call('GET', `/v1/tracks/${id}`, { token: 'sdat_nonsense' })
    expectProblem(answer, 401, 'invalid_token')
    const inQuery = await call('POST', `/v1/tracks?access_token=${nova.write}`, { body: good() })
    expectProblem(inQuery, 401, 'invalid_token')
  })
})

describe('audio', () => {
  test('is streamed from the content store', async () => {
    const id = await publish(nova)
    const url = `${server.url}/content/${(await track(id))['track_cid']}`
    const answer = await call('GET', `/v1/tracks/${id}/stream?app_name=x&api_key=${app.apiKey}`)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(url)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect((await call('GET', `/v1/tracks/${id}/stream?no_redirect=true`)).body).toEqual({ data: url })
    const wrong = await call('GET', `/v1/tracks/${id}/stream?no_redirect=1`)
    expectProblem(wrong, 400, 'invalid_request', /no_redirect/)
  })

  test('is not downloaded unless its artist offers it', async () => {
    const id = await publish(nova)
    expectProblem(await call('GET', `/v1/tracks/${id}/download`), 404, 'not_found', /download/)
  })
})

test('a preflight allows every method of an address', async () => {
  const response = await fetch(`${server.url}/v1/tracks/${encodeId(1)}`, { method: 'OPTIONS' })
  expect(response.status).toBe(204)
  expect(response.headers.get('access-control-allow-methods')).toBe('GET, HEAD, PUT, DELETE')
  expect(response.headers.get('access-control-allow-headers')).toContain('Authorization')
  const other = await call('PATCH', `/v1/tracks/${encodeId(1)}`)
  expectProblem(other, 405, 'invalid_request', /GET, HEAD, PUT, DELETE/)
})
