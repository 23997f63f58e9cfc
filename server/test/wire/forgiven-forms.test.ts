import { expect, test } from 'vitest'
import { withinCharts } from '../../src/api/trending.ts'
import { apiServer, dataOf, listOf } from './api.ts'

const { server, call, publish, addUpload, nova, jun } = await apiServer()

const track = async (id: string, token?: string) =>
  dataOf(await call('GET', `/v1/tracks/${id}`, token === undefined ? {} : { token }))
const publishAs = async (fields: object) => {
  const { stream } = addUpload({ userId: nova.userId })
  const body = { title: 'Song', genre: 'Electronic', track_cid: stream, ...fields }
  const answer = await call('POST', '/v1/tracks', { token: nova.write, body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return track(String(answer.body['track_id']), nova.write)
}

test('a track has every field without which an app of the hosted service stops', async () => {
  const id = await publish(nova, { title: 'Whole', is_downloadable: true })
  const shown = { mood: true, tags: true, genre: true, share: true, play_count: true, remixes: true }
  const told = {
    ...{ remix_of: { tracks: [] }, field_visibility: shown, route_id: 'nova/whole' },
    ...{ is_scheduled_release: false, is_stream_gated: false, is_download_gated: false },
    access: { stream: true, download: true },
  }
  expect(await track(id)).toMatchObject({ ...told, is_owned_by_user: false })
  expect(await track(id, nova.write)).toMatchObject({ ...told, is_owned_by_user: true })
  expect(await track(await publish(nova))).toMatchObject({ access: { stream: true, download: false } })
})

test('ids are a list in the form with brackets too', async () => {
  const [one, two] = [await publish(nova), await publish(nova)]
  const idsOf = async (path: string) => listOf(await call('GET', path)).map(({ id }) => id)
  for (const name of ['id[]', 'id%5B%5D']) {
    expect(await idsOf(`/v1/tracks?${name}=${two}&${name}=${one}`)).toEqual([two, one])
    expect(await idsOf(`/v1/users?${name}=${nova.id}`)).toEqual([nova.id])
  }
})

test.each([
  ['#a #b #c', 'a,b,c'],
  ['#drum and bass #ambient', 'drum and bass,ambient'],
  ['C#, F# minor', 'C#,F# minor'],
])('tags %j are read as %j', async (tags, read) => {
  expect(await publishAs({ tags })).toMatchObject({ tags: read })
})

test('text of many lines keeps the line breaks of every system', async () => {
  const description = 'one\r\ntwo\u2028three\u2029four'
  expect(await publishAs({ description })).toMatchObject({ description })
})

test('a length of nothing is none: what was heard counts', async () => {
  for (const duration of [0, null]) expect(await publishAs({ duration })).toMatchObject({ duration: 13 })
})

test('a permalink is found in any case, in either form of its letters, and by a handle that is written with @', async () => {
  const id = await publish(nova, { title: 'Café Noir' })
  const links = ['/nova/café-noir', '/NOVA/CAFÉ-NOIR', '/nova/café-noir'.normalize('NFD'), '/@nova/café-noir']
  for (const link of links) {
    const answer = await call('GET', `/v1/resolve?no_redirect=true&url=${encodeURIComponent(link)}`)
    expect(answer.body, link).toEqual({ data: `${server.url}/v1/tracks/${id}` })
  }
  const person = await call('GET', `/v1/resolve?no_redirect=true&url=${encodeURIComponent('@nova')}`)
  expect(person.body).toEqual({ data: `${server.url}/v1/users/${nova.id}` })
})

test('what a comment leaves empty may be null', async () => {
  const body = { entity_type: 'Track', entity_id: await publish(nova), body: 'Fine' }
  const empty = { parent_id: null, track_timestamp_s: null }
  const made = await call('POST', '/v1/comments', { token: jun.write, body: { ...body, ...empty } })
  expect(made.status).toBe(200)
  const id = String(made.body['comment_id'])
  const where = { entity_type: null, entity_id: null }
  expect(
    (await call('PUT', `/v1/comments/${id}`, { token: jun.write, body: { body: 'Finer', ...where } })).status,
  ).toBe(200)
  expect(listOf(await call('GET', `/v1/comments/${id}`))).toMatchObject([
    { message: 'Finer', track_timestamp_s: null, parent_comment_id: null },
  ])
})

test.each([
  [
    { offset: 0, limit: 20 },
    { offset: 0, limit: 20 },
  ],
  [
    { offset: 990, limit: 20 },
    { offset: 990, limit: 10 },
  ],
  [
    { offset: 1000, limit: 20 },
    { offset: 1000, limit: 0 },
  ],
  [
    { offset: 2000, limit: 20 },
    { offset: 1000, limit: 0 },
  ],
])('charts end: of a page %j is read %j', (page, read) => {
  expect(withinCharts(page)).toEqual(read)
})
