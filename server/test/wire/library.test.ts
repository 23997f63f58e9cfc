import { expectProblem } from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'
import { apiServer, dataOf, listOf } from './api.ts'

const { call, publish, nova, jun, sam } = await apiServer()
const save = (id: string, token: string) => call('POST', `/v1/tracks/${id}/favorites`, { token })
const unsave = (id: string, token: string) => call('DELETE', `/v1/tracks/${id}/favorites`, { token })
const library = async (id: string, token?: string, end = '/library/tracks?type=favorite') =>
  listOf(await call('GET', `/v1/users/${id}${end}`, token === undefined ? {} : { token }))
const titles = (items: readonly Readonly<Record<string, unknown>>[]) =>
  items.map(({ item }) => Object(item).title)

describe('saving', () => {
  test('a hundred times at once saves once, and removing twice removes once (BR-15)', async () => {
    const id = await publish(nova)
    const saves = await Promise.all(Array.from({ length: 100 }, () => save(id, jun.write)))
    expect(new Set(saves.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await library(jun.id)).toHaveLength(1)
    const seen = await call('GET', `/v1/tracks/${id}`, { token: jun.read })
    expect(dataOf(seen)).toMatchObject({ favorite_count: 1, has_current_user_saved: true })
    expect(dataOf(await call('GET', `/v1/tracks/${id}`))).toMatchObject({ has_current_user_saved: false })
    await Promise.all([unsave(id, jun.write), unsave(id, jun.write), unsave(id, sam.write)])
    expect(await library(jun.id)).toEqual([])
    expect(dataOf(await call('GET', `/v1/tracks/${id}`))).toMatchObject({ favorite_count: 0 })
  })

  test('is into one’s own library alone', async () => {
    const id = await publish(nova)
    const other = await call('POST', `/v1/tracks/${id}/favorites?user_id=${sam.id}`, { token: jun.write })
    expectProblem(other, 403, 'access_denied', /user_id/)
    expect(await library(sam.id)).toEqual([])
    const own = await call('POST', `/v1/tracks/${id}/favorites?user_id=${jun.id}`, { token: jun.write })
    expect(own.status).toBe(200)
    await unsave(id, jun.write)
  })
})

describe('a library', () => {
  test('is read in three shapes, page by page', async () => {
    const ids = [
      await publish(nova, { title: 'First' }),
      await publish(jun, { title: 'Second' }),
      await publish(nova, { title: 'Third' }),
    ]
    for (const id of ids) await save(id, sam.write)
    expect(titles(await library(sam.id))).toEqual(['Third', 'Second', 'First'])
    expect(await library(sam.id)).toEqual(await library(sam.id, undefined, '/favorites/tracks'))
    const [item] = await library(sam.id)
    expect(item).toMatchObject({ item_type: 'track', timestamp: expect.any(String), item: { id: ids[2] } })
    expect(listOf(await call('GET', `/v1/users/${sam.id}/favorites`))).toEqual(
      [...ids].reverse().map((favorite_item_id) => ({
        favorite_item_id,
        favorite_type: 'SaveType.track',
        user_id: sam.id,
        created_at: expect.any(String),
      })),
    )
    expect(titles(await library(sam.id, undefined, '/library/tracks?offset=1&limit=1'))).toEqual(['Second'])
    expect(await library(sam.id, undefined, '/library/tracks?offset=3')).toEqual([])
    const [own] = await library(sam.id, sam.read)
    expect(own).toMatchObject({ item: { has_current_user_saved: true } })
  })

  test('shows an unlisted track to its artist alone', async () => {
    const id = await publish(nova, { title: 'Secret', is_unlisted: true })
    await save(id, jun.write)
    expect(titles(await library(jun.id, nova.read))).toEqual(['Secret'])
    expect(await library(jun.id, jun.read)).toEqual([])
    expect(await library(jun.id)).toEqual([])
  })

  test.each([
    ['limit=0', /limit must be a whole number from 1 to 100/],
    ['limit=101', /limit/],
    ['limit=1e2', /limit/],
    ['limit=0x10', /limit/],
    ['limit=-1', /limit/],
    ['limit=NaN', /limit/],
    ['limit=1000000000', /limit/],
    ['limit=10&limit=20', /limit was sent more than once/],
    ['offset=-1', /offset/],
    ['offset=1.5', /offset/],
    ['offset=99999999999999999999', /offset/],
    ['offset=1%27%20OR%201=1', /offset/],
    ['offset=%ff', /offset is not text/],
    ['type=repost', /type/],
  ])('%s is refused by its name (BR-16)', async (query, words) => {
    const answer = await call('GET', `/v1/users/${sam.id}/library/tracks?${query}`)
    expectProblem(answer, 400, 'invalid_request', words)
  })
})

describe('a user’s tracks', () => {
  const own = async (query: string, token?: string) =>
    listOf(
      await call('GET', `/v1/users/${sam.id}/tracks?${query}`, token === undefined ? {} : { token }),
    ).map(({ title }) => title)

  test('are sorted, filtered, and the unlisted ones for their owner alone', async () => {
    const first = await publish(sam, { title: 'banana' })
    await publish(sam, { title: 'Apple' })
    await publish(sam, { title: '100% Cherry_' })
    await publish(sam, { title: 'Hidden', is_unlisted: true })
    await save(first, jun.write)
    expect(await own('')).toEqual(['100% Cherry_', 'Apple', 'banana'])
    expect(await own('', jun.read)).toEqual(['100% Cherry_', 'Apple', 'banana'])
    expect(await own('', sam.read)).toEqual(['Hidden', '100% Cherry_', 'Apple', 'banana'])
    expect(await own('sort_method=title')).toEqual(['100% Cherry_', 'Apple', 'banana'])
    expect(await own('sort_method=title&sort_direction=desc')).toEqual(['banana', 'Apple', '100% Cherry_'])
    expect(await own('sort_method=date&sort_direction=asc')).toEqual(['banana', 'Apple', '100% Cherry_'])
    expect(await own('sort_method=saves&limit=1')).toEqual(['banana'])
    expect(await own('offset=1&limit=1')).toEqual(['Apple'])
    expect(await own('query=ANAN')).toEqual(['banana'])
    expect(await own('query=%25')).toEqual(['100% Cherry_'])
    expect(await own('query=_')).toEqual(['100% Cherry_'])
    expect(await own('query=%5C')).toEqual([])
    expect(await own('query=%25&query=')).toHaveLength(1)
  })

  test.each(['sort_method=id%3BDROP', 'sort_method=title_key', 'sort_direction=up', 'query=%00'])(
    '%s is refused by its name',
    async (query) => {
      const answer = await call('GET', `/v1/users/${sam.id}/tracks?${query}`)
      expectProblem(answer, 400, 'invalid_request', new RegExp(query.split('=')[0] ?? ''))
    },
  )
})
