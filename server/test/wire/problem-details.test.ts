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
      { field: 'title', message: 'title must be 1 to 140 printable characters on one line.' },
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
