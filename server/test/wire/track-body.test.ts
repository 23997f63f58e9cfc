import { expectProblem } from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'
import { apiServer, dataOf, faultyFields, newCid } from './api.ts'

const { call, addUpload, database, nova, jun } = await apiServer()
const create = (body: unknown) => call('POST', '/v1/tracks', { token: nova.write, body })
const good = (fields: object = {}) => ({
  title: 'Song',
  genre: 'Electronic',
  track_cid: addUpload({ userId: nova.userId }).stream,
  ...fields,
})

describe('a file that may not be used is named, and nothing is stored or claimed:', () => {
  test.each([
    ['unknown', () => newCid(), /not the audio file of any finished upload/],
    ['another user’s', () => addUpload({ userId: jun.userId }).stream, /not the audio file of any/],
    ['still processed', () => addUpload({ userId: nova.userId, status: 'busy' }).stream, /not finished/],
    ['still received', () => addUpload({ userId: null, status: 'receiving' }).stream, /not finished/],
    ['failed', () => addUpload({ userId: nova.userId, status: 'error' }).stream, /not the audio file/],
    ['another user’s, unfinished', () => addUpload({ userId: jun.userId, status: 'busy' }).stream, /of any/],
    ['expired', () => addUpload({ userId: null, isExpired: true }).stream, /not the audio file/],
    ['a preview', () => addUpload({ userId: nova.userId }).preview, /not the audio file/],
    ['an image', () => addUpload({ userId: nova.userId, template: 'img_square' }).image, /not the audio/],
  ])('%s', async (_, cid, words) => {
    const before = database.prepare('SELECT count(*) AS n FROM tracks').get()
    const art = addUpload({ userId: null, template: 'img_square' })
    const answer = await create(good({ track_cid: cid(), cover_art_sizes: art.image }))
    expectProblem(answer, 400, 'invalid_request', words)
    expect(faultyFields(answer)).toEqual(['track_cid'])
    expect(database.prepare('SELECT count(*) AS n FROM tracks').get()).toEqual(before)
    const row = database.prepare('SELECT user_id, claimed_at FROM uploads WHERE id = ?').get(art.id)
    expect(row).toEqual({ user_id: null, claimed_at: null })
  })

  test('every one of them at once', async () => {
    const answer = await create(
      good({
        track_cid: newCid(),
        orig_file_cid: addUpload({ userId: nova.userId }).stream,
        preview_cid: newCid(),
        cover_art_sizes: addUpload({ userId: nova.userId, template: 'img_backdrop' }).image,
      }),
    )
    expect(faultyFields(answer)).toEqual(['track_cid', 'orig_file_cid', 'preview_cid', 'cover_art_sizes'])
  })
})

describe('a body is refused by its fields:', () => {
  test.each([
    ['title', undefined],
    ['title', ''],
    ['title', '   '],
    ['title', null],
    ['title', 7],
    ['title', ['Song']],
    ['title', 'x'.repeat(141)],
    ['title', 'x'.repeat(60_000)],
    ['title', 'a\u0000b'],
    ['title', 'a\nb'],
    ['title', '\ud800'],
    ['title', 'a\u202eb'],
    ['title', 'a\u2066b'],
    ['title', '\u200b\u200b'],
    ['title', `a${'\u0301'.repeat(200)}`],
    ['genre', undefined],
    ['genre', ''],
    ['track_cid', undefined],
    ['track_cid', 'Qm'],
    ['track_cid', "' OR 1=1--"],
    ['track_cid', '../../etc/passwd'],
    ['description', 'x'.repeat(2501)],
    ['description', 'a\u0000'],
    ['duration', 'NaN'],
    ['duration', -1],
    ['duration', 1e300],
    ['bpm', true],
    ['is_unlisted', 'yes'],
    ['is_downloadable', 1],
    ['release_date', 'tomorrow'],
    ['release_date', '2026-13-45'],
    ['preview_start_seconds', {}],
    ['orig_filename', ['a.wav']],
    ['release_date', '9999-12-31T23:59:59-12:00'],
    ['release_date', '0000-01-01'],
  ])('%s = %j', async (field, wrong) => {
    const answer = await create({ ...good(), [field]: wrong })
    expectProblem(answer, 400, 'invalid_request', new RegExp(field))
    expect(faultyFields(answer)).toEqual([field])
  })

  test.each([
    ['no JSON', '{"title":', 400],
    ['a list', '[]', 400],
    ['a word', '"x"', 400],
    ['null', 'null', 400],
    ['nothing', '', 400],
    ['65 kB', JSON.stringify({ title: 'x'.repeat(65_536) }), 413],
    ['a million characters', JSON.stringify({ title: 'x'.repeat(1_000_000) }), 413],
    ['30,000 lists deep', '['.repeat(30_000) + ']'.repeat(30_000), 400],
  ])('%s', async (_, body, status) => {
    expectProblem(await create(body), status, 'invalid_request')
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16'])(
    'of the type %s',
    async (type) => {
      const options = { token: nova.write, body: good(), headers: { 'content-type': type } }
      expectProblem(await call('POST', '/v1/tracks', options), 415, 'invalid_request', /application\/json/)
    },
  )

  test('and what could be read as SQL, HTML or a prototype is kept letter by letter (UP-18, IN-1)', async () => {
    const title = `<script>alert(1)</script>'); DROP TABLE tracks;-- {{7*7}} %_`
    const body = JSON.stringify({ ...good({ title }), description: '"><img onerror=x>' })
    const answer = await create(body.replace('{', '{"__proto__":{"polluted":1},"constructor":{},'))
    expect(dataOf(await call('GET', `/v1/tracks/${answer.body['track_id']}`))).toMatchObject({
      title,
      description: '"><img onerror=x>',
    })
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})
