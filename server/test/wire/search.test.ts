import { expectProblem } from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'
import { apiServer, listOf } from './api.ts'

const { call, publish, nova, jun } = await apiServer()
const tracks = async (query: string) =>
  listOf(await call('GET', `/v1/tracks/search?${query}`)).map(({ title }) => title)
const users = async (query: string) =>
  listOf(await call('GET', `/v1/users/search?${query}`)).map(({ handle }) => handle)

await publish(nova, { title: 'Midnight Train' })
await publish(nova, { title: 'Last Train Home' })
await publish(jun, { title: 'Tränen & Zürich' })
await publish(jun, { title: 'Train Nobody Sees', is_unlisted: true })
await publish(jun, { title: '50%_off\\' })

describe('tracks are found', () => {
  test.each([
    ['midnight', ['Midnight Train']],
    ['MIDNIGHT%20TRA', ['Midnight Train']],
    ['zurich', ['Tränen & Zürich']],
    ['ZÜRICH', ['Tränen & Zürich']],
    ['last%20%20%20train', ['Last Train Home']],
    ['tra', ['Tränen & Zürich', 'Last Train Home', 'Midnight Train']],
    ['nobody', []],
    ['%25', ['50%_off\\']],
    ['_', ['50%_off\\']],
    ['%5C', ['50%_off\\']],
    ['m%25t', []],
    ['%27%20OR%201=1--', []],
    ['%22%3B%20DROP%20TABLE%20tracks', []],
    ['%20%20', []],
  ])('by %s', async (query, found) => {
    expect(await tracks(`query=${query}`)).toEqual(found)
  })

  test('page by page, those that begin with the words first', async () => {
    expect(await tracks('query=t&limit=1')).toEqual(['Tränen & Zürich'])
    expect(await tracks('query=train&offset=1&limit=5')).toEqual(['Midnight Train'])
    expect(await tracks('query=train&offset=500')).toEqual([])
  })

  test('not even by their artist in a search, when unlisted', async () => {
    expect(listOf(await call('GET', '/v1/tracks/search?query=nobody', { token: jun.read }))).toEqual([])
  })
})

test('users are found by handle and name', async () => {
  expect(await users('query=NOV')).toEqual(['nova'])
  expect(await users('query=reyes')).toEqual(['nova'])
  expect(await users('query=park')).toEqual(['jun'])
  expect(await users('query=%25')).toEqual([])
  expect(await users('query=example.com')).toEqual([])
})

test.each(['tracks', 'users'])('a search for %s wants words, once and not too many (IN-1)', async (what) => {
  const search = (query: string) => call('GET', `/v1/${what}/search?${query}`)
  expectProblem(await search(''), 400, 'invalid_request', /query is missing/)
  expectProblem(await search('query='), 400, 'invalid_request', /query is missing/)
  expectProblem(await search('query=a&query=b'), 400, 'invalid_request', /more than once/)
  expectProblem(await search(`query=${'x'.repeat(101)}`), 400, 'invalid_request', /query must be up to 100/)
  expectProblem(await search('query=%0a'), 400, 'invalid_request', /query/)
  expectProblem(await search('query=a&limit=101'), 400, 'invalid_request', /limit/)
})
