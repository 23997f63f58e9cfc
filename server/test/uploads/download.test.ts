import { sha256, wav } from '@stagedoor/testkit/media'
import { Sender } from '@stagedoor/testkit/tus-sender'
import { expectProblem } from '@stagedoor/testkit/wire-app'
import { expect, test } from 'vitest'
import { apiServer } from '../wire/api.ts'

const { server, call, database, nova, jun } = await apiServer()
const sender = new Sender(server.url, nova.write)
const song = wav(2)
const filename = 'a/../C:\\b\\"Nächt‮lich"\r\nX-Evil: 1.wav'
const { orig_file_cid: original, results } = await sender.ended(await sender.send(song, { filename }))
const facts = {
  title: 'Blue Hour',
  genre: 'Jazz',
  track_cid: Object(results)['320'],
  orig_file_cid: original,
}
const created = await call('POST', '/v1/tracks', {
  token: nova.write,
  body: { ...facts, is_downloadable: true },
})
const path = `/v1/tracks/${created.body['track_id']}/download`
const download = (headers: Record<string, string> = {}) => fetch(server.url + path, { headers })
const change = (body: object) => call('PUT', path.replace('/download', ''), { token: nova.write, body })

/** What a browser saves an answer as: RFC 8187 before the plain form. */
function savedAs(response: Response) {
  const header = response.headers.get('content-disposition') ?? ''
  const match = /^attachment; filename="([\w .()-]*)"; filename\*=UTF-8''([\w.%!#$&+^`|~-]*)$/.exec(header)
  if (match === null) throw new Error(header)
  return { plain: match[1], name: decodeURIComponent(match[2] ?? '') }
}

async function nameOf(response: Response) {
  await response.arrayBuffer()
  expect(response.headers.get('x-evil')).toBeNull()
  return savedAs(response)
}

test('the original comes as it was sent, as a file to save', async () => {
  const response = await download()
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'audio/wav',
    'content-length': String(song.length),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'access-control-expose-headers': expect.stringContaining('Content-Disposition'),
    // A track may be changed, and be offered no longer.
    'cache-control': 'no-cache',
  })
  expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(sha256(song))
})

test('in ranges, and not again when it is there', async () => {
  const part = await download({ range: 'bytes=10-19' })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe(`bytes 10-19/${song.length}`)
  expect(Buffer.from(await part.arrayBuffer()).equals(song.subarray(10, 20))).toBe(true)
  const outside = await download({ range: `bytes=${song.length}-` })
  expect(outside.status).toBe(416)
  expect(outside.headers.get('content-range')).toBe(`bytes */${song.length}`)
  await outside.arrayBuffer()
  expect((await download({ 'if-none-match': part.headers.get('etag') ?? '' })).status).toBe(304)
  const head = await fetch(server.url + path, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(song.length)])
})

test('a name is never a path, a header or a disguise', async () => {
  expect(await nameOf(await download())).toEqual({
    plain: '_N_chtlich_X-Evil_ 1.wav',
    name: '"Nächtlich"X-Evil: 1.wav',
  })
  const names = [
    ['Blå time (live).wav', 'Bl_ time (live).wav', 'Blå time (live).wav'],
    ['夜\u{1f319}.wav', '___.wav', '夜\u{1f319}.wav'],
    ["it's; filename=x.wav", 'it_s_ filename_x.wav', "it's; filename=x.wav"],
    ['100%.wav', '100_.wav', '100%.wav'],
    ['../../etc/passwd', 'passwd.wav', 'passwd.wav'],
    ['C:\\Music\\Blue.wav', 'Blue.wav', 'Blue.wav'],
    ['..', 'untitled.wav', 'untitled.wav'],
    ['a\u200fgnp.wav', 'agnp.wav', 'agnp.wav'],
    ['a\u202egnp.wav', 'agnp.wav', 'agnp.wav'],
    ['a\r\nX-Evil: 1', 'aX-Evil_ 1.wav', 'aX-Evil: 1.wav'],
    ['a\ud800', 'a.wav', 'a.wav'],
  ]
  for (const [sent, plain, name] of names) {
    expect((await change({ orig_filename: sent })).status).toBe(200)
    expect(await nameOf(await download())).toEqual({ plain, name })
  }
  const long = await change({ orig_filename: 'a'.repeat(1001) })
  expectProblem(long, 400, 'invalid_request', /orig_filename/)
  // Were it in the store all the same, it would be one line.
  database.prepare('UPDATE tracks SET orig_filename = ?').run('a\r\nX-Evil: 1\u202e"')
  expect(await nameOf(await download())).toMatchObject({ name: 'a__X-Evil: 1_".wav' })
  await change({ orig_filename: null })
  expect(await nameOf(await download())).toEqual({ plain: 'Blue Hour.wav', name: 'Blue Hour.wav' })
})

test('a name ends as the bytes do, so that it opens in a player and in nothing else', async () => {
  for (const [sent, name] of [
    ['song.wav', 'song.wav'],
    ['Song.WAVE', 'Song.WAVE'],
    ['song.mp3', 'song.wav'],
    ['song.html', 'song.html.wav'],
    ['song.wav.bat', 'song.wav.bat.wav'],
    ['Vol. 2', 'Vol. 2.wav'],
    ['.mp3', '.mp3.wav'],
    ['song.', 'song..wav'],
  ]) {
    await change({ orig_filename: sent })
    expect(await nameOf(await download())).toMatchObject({ name })
  }
})

test('a track without its original is saved as the MP3 that is streamed', async () => {
  const streamed = await sender.ended(await sender.send(wav(3), { filename: 'song.wav' }))
  const body = { title: 'Song', genre: 'Jazz', track_cid: Object(streamed['results'])['320'] }
  const track = await call('POST', '/v1/tracks', {
    token: nova.write,
    body: { ...body, orig_filename: 'song.wav', is_downloadable: true },
  })
  const response = await fetch(`${server.url}/v1/tracks/${track.body['track_id']}/download`)
  expect(response.headers.get('content-type')).toBe('audio/mpeg')
  expect(await nameOf(response)).toEqual({ plain: 'song.mp3', name: 'song.mp3' })
})

test('only as long as its artist offers it', async () => {
  expect((await change({ is_downloadable: false })).status).toBe(200)
  for (const token of [nova.write, jun.read])
    expectProblem(await call('GET', path, { token }), 404, 'not_found', /download/)
  expect((await fetch(`${server.url}/content/${original}`)).status).toBe(404)
  await change({ is_downloadable: true })
  expect((await call('DELETE', path.replace('/download', ''), { token: nova.write })).status).toBe(200)
  expectProblem(await call('GET', path), 404, 'not_found')
})
