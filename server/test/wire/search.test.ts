import { expectProblem } from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'
import { apiServer, listOf } from './api.ts'

const { call, publish, nova, jun } = await apiServer()
const tracks = async (query: string, page = '') =>
  listOf(await call('GET', `/v1/tracks/search?query=${encodeURIComponent(query)}${page}`)).map(
    ({ title }) => title,
  )
const users = async (query: string) =>
  listOf(await call('GET', `/v1/users/search?query=${query}`)).map(({ handle }) => handle)

await publish(nova, { title: 'Midnight Train' })
await publish(nova, { title: 'Last Train Home' })
await publish(jun, { title: 'Tränen & Zürich' })
await publish(jun, { title: 'Train Nobody Sees', is_unlisted: true })
await publish(jun, { title: '50%_off\\' })
await publish(nova, { title: 'Don’t Stop', tags: 'ambient,late night' })
await publish(nova, { title: 'Rock-n-Roll Suicide' })
await publish(nova, { title: 'Blue Hour (Remix)' })
await publish(jun, { title: '東京の夜' })
await publish(jun, { title: 'Привет, Ёлка' })
await publish(jun, { title: 'हिन्दी गाना' })
await publish(jun, { title: 'قِصَّةٌ' })
await publish(jun, { title: '!!!' })

describe('tracks are found', () => {
  test.each([
    ['midnight', ['Midnight Train']],
    ['MIDNIGHT TRA', ['Midnight Train']],
    ['zurich', ['Tränen & Zürich']],
    ['ZÜRICH', ['Tränen & Zürich']],
    ['tranen and zurich', ['Tränen & Zürich']],
    ['last   train', ['Last Train Home']],
    ['tra', ['Tränen & Zürich', 'Midnight Train', 'Last Train Home']],
    ['nobody sees', []],
    ['%', ['50%_off\\']],
    ['_', ['50%_off\\']],
    ['\\', ['50%_off\\']],
    ['!!!', ['!!!']],
    ["' OR 1=1--", []],
    ['"; DROP TABLE tracks', []],
    ['title:midnight NOT x', []],
    ['NEAR(a b) * ^', []],
    ['  ', []],
  ])('by %s', async (query, found) => {
    expect(await tracks(query)).toEqual(found)
  })

  test.each([
    ["don't stop", 'Don’t Stop'],
    ['don’t stop', 'Don’t Stop'],
    ['dont stop', 'Don’t Stop'],
    ['stop dont', 'Don’t Stop'],
    ['rock n roll', 'Rock-n-Roll Suicide'],
    ["rock'n'roll", 'Rock-n-Roll Suicide'],
    ['rocknroll', 'Rock-n-Roll Suicide'],
    ['hour blue', 'Blue Hour (Remix)'],
    ['blue remix', 'Blue Hour (Remix)'],
    ['bluehour', 'Blue Hour (Remix)'],
    ['ambient', 'Don’t Stop'],
    ['#ambient', 'Don’t Stop'],
    ['night late', 'Don’t Stop'],
    ['nova midnight', 'Midnight Train'],
    ['東京', '東京の夜'],
    ['夜', '東京の夜'],
    ['елка', 'Привет, Ёлка'],
    ['ПРИВЕТ', 'Привет, Ёлка'],
    ['गाना', 'हिन्दी गाना'],
    ['قصه', 'قِصَّةٌ'],
  ])('whatever is written for %s (media M7)', async (query, title) => {
    expect((await tracks(query))[0]).toBe(title)
  })

  test.each([
    ['midnihgt', 'Midnight Train'],
    ['midnght trian', 'Midnight Train'],
    ['mindight train', 'Midnight Train'],
    ['mid night', 'Midnight Train'],
    ['suicied', 'Rock-n-Roll Suicide'],
    ['xidnight', 'Midnight Train'],
    ['zurrich', 'Tränen & Zürich'],
    ['превет', 'Привет, Ёлка'],
    ['ambeint', 'Don’t Stop'],
  ])('by %s, which is nearly so (media M7)', async (query, title) => {
    expect(await tracks(query)).toEqual([title])
  })

  test('by an artist, and page by page, those whose title it is first', async () => {
    expect(await tracks('jun')).toHaveLength(7)
    expect(await tracks('t', '&limit=1')).toEqual(['Tränen & Zürich'])
    expect(await tracks('train', '&offset=1&limit=5')).toEqual(['Last Train Home'])
    expect(await tracks('train', '&offset=500')).toEqual([])
  })

  test('not even by their artist in a search, when unlisted', async () => {
    expect(listOf(await call('GET', '/v1/tracks/search?query=nobody', { token: jun.read }))).toEqual([])
  })

  test('by what they are called now, and no longer once they are unlisted or deleted', async () => {
    const id = await publish(nova, { title: 'Quicksilver', tags: 'mercury' })
    const change = (body: object) => call('PUT', `/v1/tracks/${id}`, { token: nova.write, body })
    await change({ title: 'Slowsilver' })
    expect(await tracks('quicksilver')).toEqual([])
    expect(await tracks('slowsilver mercury')).toEqual(['Slowsilver'])
    await change({ is_unlisted: true })
    expect(await tracks('slowsilver')).toEqual([])
    await change({ is_unlisted: false })
    expect(await tracks('slowslver')).toEqual(['Slowsilver'])
    await call('DELETE', `/v1/tracks/${id}`, { token: nova.write })
    expect(await tracks('slowsilver')).toEqual([])
    expect(await tracks('slowslver')).toEqual([])
  })

  test('by the new name of their artist', async () => {
    const rename = (name: string) => call('PUT', `/v1/users/${jun.id}`, { token: jun.write, body: { name } })
    await rename('Orpheus')
    expect(await tracks('orpheus tranen')).toEqual(['Tränen & Zürich'])
    expect(await users('orpheus')).toEqual(['jun'])
    await rename('Jun Park')
    expect(await tracks('orpheus tranen')).toEqual([])
  })
})

test('users are found by handle and name, and with one letter wrong', async () => {
  expect(await users('NOV')).toEqual(['nova'])
  expect(await users('reyes')).toEqual(['nova'])
  expect(await users('reyse')).toEqual(['nova'])
  expect(await users('park')).toEqual(['jun'])
  expect(await users('%25')).toEqual([])
  expect(await users('example.com')).toEqual([])
})

test('searches are answered side by side, each its own', async () => {
  const queries = ['midnight', 'zurich', 'suicide', 'stop', '東京']
  const many = Array.from({ length: 100 }, (_, at) => queries[at % queries.length] ?? '')
  const alone = new Map(
    await Promise.all(queries.map(async (query) => [query, await tracks(query)] as const)),
  )
  expect(await Promise.all(many.map((query) => tracks(query)))).toEqual(many.map((query) => alone.get(query)))
})

test.each(['tracks', 'users'])('a search for %s wants words, once and not too many (IN-1)', async (what) => {
  const search = (query: string) => call('GET', `/v1/${what}/search?${query}`)
  expectProblem(await search(''), 400, 'invalid_request', /query is missing/)
  expectProblem(await search('query='), 400, 'invalid_request', /query is missing/)
  expectProblem(await search('query=a&query=b'), 400, 'invalid_request', /more than once/)
  expectProblem(await search(`query=${'x'.repeat(151)}`), 400, 'invalid_request', /up to 150 .*; it has 151/)
  expectProblem(await search('query=%0a'), 400, 'invalid_request', /query/)
  expectProblem(await search('query=a&limit=101'), 400, 'invalid_request', /limit/)
})
