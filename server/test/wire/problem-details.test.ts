import { ownServer } from '@stagedoor/testkit/server'
import { expectProblem, get } from '@stagedoor/testkit/wire-app'
import { expect, test } from 'vitest'
import { apiServer, faultyFields, newCid } from './api.ts'

const { call, nova } = await apiServer()

test('a refusal names every field that is wrong, and says what each must be', async () => {
  const { headers, body } = await call('POST', '/v1/tracks', {
    token: nova.write,
    body: { title: '', bpm: 'fast' },
  })
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(body).toEqual({
    type: expect.stringMatching(/\/docs\/errors#invalid_request$/),
    title: 'The request is not valid',
    status: 400,
    detail: expect.any(String),
    errors: [
      {
        field: 'title',
        message: 'title must be 1 to 140 printable characters on one line; it shows nothing.',
      },
      { field: 'genre', message: 'genre is missing.' },
      { field: 'track_cid', message: 'track_cid is missing.' },
      { field: 'bpm', message: 'bpm must be a number from 0 to 999, or null.' },
    ],
    error: 'invalid_request',
    error_description: body['detail'],
  })
})

test('a refusal repeats nothing that was sent (BR-20)', async () => {
  const evil = '<script>alert(1)</script>"\\\r\n'
  const body = { title: evil.repeat(20), genre: 'x', track_cid: evil, [evil]: evil }
  const answer = await call('POST', '/v1/tracks', { token: nova.write, body })
  expectProblem(answer, 400, 'invalid_request')
  expect(faultyFields(answer)).toEqual(['title', 'track_cid'])
  expect(JSON.stringify(answer.body)).not.toContain('alert')
  expectProblem(await call('GET', `/v1/users/${encodeURIComponent(evil)}`), 400, 'invalid_request')
})

test('an address that is none and a server that cannot store are told in the same shape', async () => {
  expectProblem(await call('GET', '/v1/nowhere'), 404, 'not_found')
  const server = await ownServer()
  await server.store.close()
  const answer = await get(`${server.url}/v1/users/handle/nova`)
  expectProblem(answer, 503, 'temporarily_unavailable')
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
})

test('what is refused of files, uploads and content is told in the same shape', async () => {
  const none = 'a'.repeat(32)
  expectProblem(await call('GET', `/uploads/${none}`), 404, 'not_found')
  expectProblem(await call('GET', `/content/${newCid()}`), 404, 'not_found')
  expectProblem(await call('GET', `/content/${newCid()}/150x150.jpg`), 404, 'not_found')
  expectProblem(await call('GET', '/content'), 404, 'not_found')
  const tus = { 'tus-resumable': '1.0.0' }
  expectProblem(await call('POST', '/files', { headers: tus }), 400, 'invalid_request')
  expectProblem(await call('PATCH', `/files/${none}`, { headers: tus }), 404, 'not_found')
  expectProblem(await call('POST', '/files', { headers: { 'tus-resumable': '0.2' } }), 412, 'invalid_request')
})

test.each([
  ['title', 'x'.repeat(141), 'it has 141'],
  ['title', '\u{1f3b5}'.repeat(150), 'it has 150'],
  ['title', ' \u200b', 'it shows nothing'],
  ['title', 'a\nb', 'it has a line break'],
  ['title', 'a\u2028b', 'it has a line break'],
  ['title', 'a\tb', 'it has a tab, which is not printed'],
  ['title', 'a\u202eb', 'it has U+202E, which is not printed'],
  ['genre', 'x\u0000', 'it has U+0000, which is not printed'],
  ['description', '\u2068Nova\u2069 feat.', 'it has U+2068, which is not printed'],
  ['description', 'a\u000bb', 'it has U+000B, which is not printed'],
  ['description', 'x'.repeat(2501), 'it has 2501'],
  ['tags', 'x'.repeat(501), 'it has 501'],
  ['license', '\ud83c', 'it has U+D83C, which is not printed'],
])('the refusal of %s %j names what is wrong with it (L18)', async (field, wrong, what) => {
  const good = { title: 'Song', genre: 'Electronic', track_cid: newCid() }
  const answer = await call('POST', '/v1/tracks', { token: nova.write, body: { ...good, [field]: wrong } })
  expectProblem(answer, 400, 'invalid_request')
  const [fault] = Array.isArray(answer.body['errors']) ? answer.body['errors'] : []
  expect(fault).toMatchObject({ field, message: expect.stringContaining(`; ${what}`) })
})

test('a body of another type is told the one that is read', async () => {
  for (const type of [
    'text/plain',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded',
  ]) {
    const headers = { 'content-type': type }
    const answer = await call('POST', '/v1/tracks', { token: nova.write, body: {}, headers })
    expectProblem(answer, 415, 'invalid_request', /^Send the body as application\/json, in UTF-8/)
  }
})
