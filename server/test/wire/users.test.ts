import { expectProblem, get } from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'
import { encodeId } from '../../src/api/ids.ts'
import { apiServer, dataOf, faultyFields, listOf, newCid } from './api.ts'

const { server, call, addUpload, publish, database, nova, jun, sam } = await apiServer()
const user = async (id: string) => dataOf(await call('GET', `/v1/users/${id}`))
const change = (body: unknown, token = sam.write, id = sam.id) =>
  call('PUT', `/v1/users/${id}`, { token, body })

describe('a user', () => {
  test('is found by id and by handle in any case, the same to everyone', async () => {
    const found = await user(nova.id)
    expect(found).toMatchObject({ id: nova.id, user_id: nova.userId, handle: 'nova', is_verified: true })
    expect(dataOf(await call('GET', '/v1/users/handle/NOVA?app_name=x&api_key=y'))).toEqual(found)
    expect(dataOf(await call('GET', `/v1/users/${nova.id}`, { token: jun.read }))).toEqual(found)
    expect(JSON.stringify(found)).not.toMatch(/example\.com|argon/)
  })

  test.each(['nope!', '1', '%00', "'%20OR%201=1--"])('an id that is none is named: %s', async (id) => {
    for (const end of ['', '/tracks', '/favorites', '/library/tracks', '/favorites/tracks']) {
      const answer = await call('GET', `/v1/users/${id}${end}`)
      expectProblem(answer, 400, 'invalid_request', /^id /)
      expect(faultyFields(answer)).toEqual(['id'])
    }
  })

  test('who never was is a 404', async () => {
    const never = encodeId(999_999)
    for (const end of ['', '/tracks', '/favorites', '/library/tracks'])
      expectProblem(await call('GET', `/v1/users/${never}${end}`), 404, 'not_found')
    for (const handle of ['nobody', '%00', "'%20OR%201=1--", '%25'])
      expectProblem(await call('GET', `/v1/users/handle/${handle}`), 404, 'not_found')
  })

  test('has the tracks counted that everyone sees, on /v1/me as well', async () => {
    const listed = await publish(jun)
    await publish(jun, { is_unlisted: true })
    expect(await user(jun.id)).toMatchObject({ track_count: 1 })
    const me = await get(`${server.url}/v1/me`, { authorization: `Bearer ${jun.read}` })
    expect(dataOf(me)).toMatchObject({ track_count: 1 })
    await call('DELETE', `/v1/tracks/${listed}`, { token: jun.write })
    expect(await user(jun.id)).toMatchObject({ track_count: 0 })
  })
})

describe('one’s profile', () => {
  test('is changed by what is named', async () => {
    const picture = addUpload({ userId: sam.userId, template: 'img_square' })
    const cover = addUpload({ userId: null, template: 'img_backdrop' })
    const all = {
      name: 'Sam L',
      bio: 'Two\nlines',
      location: 'Malmö',
      website: 'https://sam.example/a?b=c',
      profile_picture: picture.image,
      cover_photo: cover.image,
    }
    const answer = await change(all)
    expect(dataOf(answer)).toMatchObject({
      ...all,
      handle: 'sam',
      profile_picture: { '150x150': `${server.url}/content/${picture.image}/150x150.jpg` },
      cover_photo: {
        '640x': `${server.url}/content/${cover.image}/640x.jpg`,
        '2000x': `${server.url}/content/${cover.image}/2000x.jpg`,
        mirrors: [],
      },
    })
    for (const { id } of [picture, cover])
      expect(database.prepare('SELECT user_id, claimed_at FROM uploads WHERE id = ?').get(id)).toEqual({
        user_id: sam.userId,
        claimed_at: expect.any(Number),
      })
    expect(await user(sam.id)).toEqual(dataOf(answer))
    const again = await change({ bio: null, website: '', profile_picture: picture.image })
    expect(dataOf(again)).toMatchObject({ name: 'Sam L', bio: null, website: null, location: 'Malmö' })
    expect(listOf(await call('GET', '/v1/users/search?query=sam%20l'))).toHaveLength(1)
  })

  test('keeps a picture that came with the account', async () => {
    const { profile_picture_sizes: own } = await user(nova.id)
    expect((await change({ profile_picture: own }, nova.write, nova.id)).status).toBe(200)
    expect(faultyFields(await change({ profile_picture: own }))).toEqual(['profile_picture'])
  })

  test.each([
    ['name', ''],
    ['name', ' sam'],
    ['name', null],
    ['name', 'x'.repeat(65)],
    ['name', 'a\u202eb'],
    ['name', 'a\u0000'],
    ['name', 5],
    ['bio', 'x'.repeat(257)],
    ['bio', '\ud800'],
    ['location', 'a\nb'],
    ['website', 'javascript:alert(1)'],
    ['website', 'https://a b'],
    ['website', 'data:text/html,x'],
    ['profile_picture', newCid()],
    ['profile_picture', 'x'],
    ['profile_picture', addUpload({ userId: nova.userId, template: 'img_square' }).image],
    ['profile_picture', addUpload({ userId: sam.userId, template: 'img_backdrop' }).image],
    ['profile_picture', addUpload({ userId: sam.userId, template: 'img_square', status: 'new' }).image],
    ['cover_photo', addUpload({ userId: sam.userId, template: 'img_square' }).image],
  ])('is not changed by %s = %j', async (field, wrong) => {
    const before = await user(sam.id)
    const answer = await change({ location: 'Elsewhere', [field]: wrong })
    expectProblem(answer, 400, 'invalid_request', new RegExp(field))
    expect(faultyFields(answer)).toEqual([field])
    expect(await user(sam.id)).toEqual(before)
  })

  test('holds nothing but what may be changed (BR-14)', async () => {
    const before = await user(sam.id)
    await change({ handle: 'admin', is_verified: true, user_id: 1, created_at: 0, __proto__: {} })
    expect({ ...(await user(sam.id)), updated_at: 0 }).toEqual({ ...before, updated_at: 0 })
  })

  test('is nobody else’s to change (BR-10, BR-13)', async () => {
    const body = { name: 'Stolen' }
    expectProblem(await change(body, jun.write), 403, 'access_denied')
    expectProblem(await change(body, sam.read), 403, 'insufficient_scope')
    expectProblem(await call('PUT', `/v1/users/${sam.id}`, { body }), 401, 'invalid_token')
    const query = `?user_id=${jun.id}`
    const inQuery = await call('PUT', `/v1/users/${sam.id}${query}`, { body, token: sam.write })
    expectProblem(inQuery, 403, 'access_denied', /user_id/)
    expect(await user(sam.id)).not.toMatchObject(body)
  })
})

test('who is disabled is gone, with their tracks, and their token with them', async () => {
  const id = await publish(nova, { title: 'Gone with its artist' })
  await call('POST', `/v1/tracks/${id}/favorites`, { token: jun.write })
  await server.store.disableUser('nova', Date.now())
  expectProblem(await call('GET', `/v1/users/${nova.id}`), 404, 'not_found')
  expectProblem(await call('GET', '/v1/users/handle/nova'), 404, 'not_found')
  expectProblem(await call('GET', `/v1/tracks/${id}`), 404, 'not_found')
  expect(listOf(await call('GET', '/v1/users/search?query=nova'))).toEqual([])
  expect(listOf(await call('GET', '/v1/tracks/search?query=gone'))).toEqual([])
  expect(listOf(await call('GET', `/v1/users/${jun.id}/favorites`))).toEqual([])
  for (const token of [nova.read, nova.write])
    expectProblem(await call('GET', `/v1/users/${jun.id}`, { token }), 401, 'invalid_token')
})
