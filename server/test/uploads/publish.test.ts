import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { uploadsOf } from '@stagedoor/testkit/installation'
import { png, sha256, wav } from '@stagedoor/testkit/media'
import { hour, minute } from '@stagedoor/testkit/server'
import { idOf, Sender } from '@stagedoor/testkit/tus-sender'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { apiServer, dataOf, faultyFields, type Member } from '../wire/api.ts'

const { server, folder, call, nova, jun } = await apiServer()
const senderFor = (member: Member) => new Sender(server.url, member.write)

/** The CIDs of an upload that is done. */
async function cidsOf(sender: Sender, id: string) {
  const { orig_file_cid: original, results } = await sender.ended(id)
  const { 320: stream, '320_preview|30': preview } = Object(results)
  return { original: String(original), stream: String(stream), preview: String(preview) }
}
const send = async (sender: Sender, bytes: Buffer<ArrayBuffer>, template = 'audio') =>
  cidsOf(sender, await sender.send(bytes, { filename: 'My Song.wav', template }))
const publish = (by: Member, body: object) =>
  call('POST', `/v1/tracks?user_id=${by.id}`, {
    token: by.write,
    body: { title: 'Song', genre: 'Electronic', ...body },
  })
const statusOf = async (path: string) => {
  const response = await fetch(server.url + path)
  await response.arrayBuffer()
  return response.status
}

test('a song with its cover is uploaded, published, heard and deleted', async () => {
  const sender = senderFor(nova)
  const song = await send(sender, wav(3))
  const cover = await send(sender, png(60, 60), 'img_square')
  const created = await publish(nova, {
    track_cid: song.stream,
    orig_file_cid: song.original,
    preview_cid: song.preview,
    cover_art_sizes: cover.original,
  })
  expect(created.status, JSON.stringify(created.body)).toBe(200)
  const id = String(created.body['track_id'])
  const track = dataOf(await call('GET', `/v1/tracks/${id}`))
  expect(track).toMatchObject({ duration: 3, user_id: nova.id, orig_file_cid: null, download: null })

  const whole = Buffer.from(await (await fetch(`${server.url}/v1/tracks/${id}/stream`)).arrayBuffer())
  expect(sha256(whole)).toBe(sha256(readFileSync(join(folder, 'content', song.stream, 'audio'))))
  const sections = [
    [0, 999],
    [1000, whole.length - 1],
  ] as const
  const parts = sections.map(async ([first, last]) => {
    const headers = { range: `bytes=${first}-${last}` }
    const response = await fetch(`${server.url}/v1/tracks/${id}/stream`, { headers })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/${whole.length}`)
    return Buffer.from(await response.arrayBuffer())
  })
  expect(sha256(Buffer.concat(await Promise.all(parts)))).toBe(sha256(whole))
  for (const [size, pixels] of [
    ['150x150', 150],
    ['480x480', 480],
    ['1000x1000', 1000],
  ] as const) {
    const response = await fetch(String(Object(track['artwork'])[size]))
    const seen = await sharp(Buffer.from(await response.arrayBuffer())).metadata()
    expect(seen).toMatchObject({ format: 'jpeg', width: pixels, height: pixels })
  }
  expect(await statusOf(`/content/${song.preview}`)).toBe(200)
  // Hidden in the answers, and not to be had for guessing it either.
  expect(await statusOf(`/content/${song.original}`)).toBe(404)

  expect((await call('DELETE', `/v1/tracks/${id}`, { token: nova.write })).status).toBe(200)
  const cids = [song.stream, song.original, song.preview, cover.original]
  for (const path of [...cids.map((cid) => `/content/${cid}`), `/content/${cover.original}/150x150.jpg`])
    expect(await statusOf(path)).toBe(404)
  const there = () => cids.map((cid) => existsSync(join(folder, 'content', cid)))
  const { sweep } = await uploadsOf(folder)
  await sweep(hour - minute)
  expect(there()).toEqual([true, true, true, true])
  await sweep(2 * minute)
  expect(there()).toEqual([false, false, false, false])
})

test('a picture that is uploaded becomes the profile’s', async () => {
  const sender = senderFor(jun)
  const face = await send(sender, png(80, 80), 'img_square')
  const wide = await send(sender, png(90, 30), 'img_backdrop')
  const put = (body: object) => call('PUT', `/v1/users/${jun.id}`, { token: jun.write, body })
  expect(faultyFields(await put({ profile_picture: wide.original }))).toEqual(['profile_picture'])
  const changed = await put({ profile_picture: face.original, cover_photo: wide.original })
  expect(changed.status).toBe(200)
  const { profile_picture, cover_photo } = dataOf(await call('GET', `/v1/users/${jun.id}`))
  for (const url of [Object(profile_picture)['480x480'], Object(cover_photo)['640x']])
    expect(await statusOf(new URL(String(url)).pathname)).toBe(200)
  await put({ profile_picture: null })
  expect(await statusOf(`/content/${face.original}/480x480.jpg`)).toBe(404)
  expect(await statusOf(`/content/${wide.original}/640x.jpg`)).toBe(200)
})

test('what is another’s, not finished or of another kind is refused by the name of its field (UP-14)', async () => {
  const picture = png(70, 70)
  const sender = senderFor(nova)
  const song = await send(sender, wav(1, { hertz: 500 }))
  const foreign = await send(senderFor(jun), picture, 'img_square')
  const withCover = { track_cid: song.stream, cover_art_sizes: foreign.original }
  const refused = async (body: object) => {
    const answer = await publish(nova, body)
    expect(answer.status).toBe(400)
    return faultyFields(answer)
  }
  expect(await refused(withCover)).toEqual(['cover_art_sizes'])
  const url = await sender.create(picture.length, { template: 'img_square' })
  await sender.patch(url, 0, picture.subarray(0, 100))
  expect(await refused(withCover)).toEqual(['cover_art_sizes'])
  expect(await refused({ track_cid: song.original, orig_file_cid: song.stream })).toEqual([
    'track_cid',
    'orig_file_cid',
  ])
  // Nothing was claimed on the way.
  expect(await statusOf(`/content/${song.stream}`)).toBe(404)
  await sender.patch(url, 100, picture.subarray(100))
  await sender.ended(idOf(url))
  expect((await publish(nova, withCover)).status).toBe(200)
})

test('what was staged without a token belongs to the first who publishes it', async () => {
  const staged = await send(new Sender(server.url), wav(1, { hertz: 600 }))
  expect(await statusOf(`/content/${staged.stream}`)).toBe(404)
  const body = { track_cid: staged.stream }
  const answers = await Promise.all([publish(nova, body), publish(jun, body)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  expect(answers.flatMap(faultyFields)).toEqual(['track_cid'])
  expect(await statusOf(`/content/${staged.stream}`)).toBe(200)
})
