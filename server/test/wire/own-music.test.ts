import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256, wav } from '@stagedoor/testkit/media'
import { Sender } from '@stagedoor/testkit/tus-sender'
import { formTo, nova as novaPerson, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { apiServer, dataOf, listOf } from './api.ts'

const { server, call, publish, nova, jun } = await apiServer()
const browser = await signedIn(server.url, novaPerson)
const theirs = await publish(jun, { title: 'Somebody Else’s' })

test('a person sees, plays, changes and unpublishes their tracks without any app (media M9)', async () => {
  const id = await publish(nova, { title: '<b>Tide</b>', tags: 'sea' })
  const page = await browser.open('/account/tracks')
  expect(wordsOf(page)).toMatch(/<b>Tide<\/b>/)
  expect(page.text).toMatch(/<audio[^>]+src="[^"]+\/content\/bafkrei/)
  const path = `/account/tracks/${id}`
  const form = formTo(await browser.open(path), path)
  await browser.post(form.action, { ...form.fields, title: 'High Tide', is_unlisted: 'on' })
  const changed = dataOf(await call('GET', `/v1/tracks/${id}`, { token: nova.read }))
  expect(changed).toMatchObject({ title: 'High Tide', tags: 'sea', is_unlisted: true })
  const refused = await browser.post(form.action, { ...form.fields, title: '' })
  expect(refused.status).toBe(422)
  expect((await browser.post(`${path}/delete`, form.fields)).status).toBe(303)
  expect((await call('GET', `/v1/tracks/${id}`)).status).toBe(404)
})

test('nobody changes or unpublishes what is another’s', async () => {
  const own = await publish(nova, { title: 'Mine' })
  const { fields } = formTo(await browser.open(`/account/tracks/${own}`), `/account/tracks/${own}`)
  expect((await browser.open(`/account/tracks/${theirs}`)).status).toBe(404)
  expect((await browser.post(`/account/tracks/${theirs}`, { ...fields, title: 'Stolen' })).status).toBe(404)
  await browser.post(`/account/tracks/${theirs}/delete`, fields)
  expect(dataOf(await call('GET', `/v1/tracks/${theirs}`))).toMatchObject({ title: 'Somebody Else’s' })
})

test('a person sees their library and takes tracks out of it', async () => {
  await call('POST', `/v1/tracks/${theirs}/favorites`, { token: nova.write })
  const page = await browser.open('/account/library')
  expect(wordsOf(page)).toMatch(/Somebody Else’s/)
  await browser.submit(formTo(page, '/account/library/remove'))
  expect(listOf(await call('GET', `/v1/users/${nova.id}/favorites`))).toEqual([])
})

test('a person sees their playlists, hides, shows and deletes them', async () => {
  const body = { playlist_name: 'Late Shift', playlist_contents: [{ track_id: theirs }] }
  const made = await call('POST', '/v1/playlists', { token: nova.write, body })
  const id = String(made.body['playlist_id'])
  const page = await browser.open('/account/playlists')
  expect(wordsOf(page)).toMatch(/Late Shift.*1 track/)
  const form = formTo(page, `/account/playlists/${id}`)
  const change = (what: string) => browser.post(form.action, { ...form.fields, change: what })
  await change('hide')
  expect(listOf(await call('GET', `/v1/playlists/${id}`))).toMatchObject([{ is_private: true }])
  await change('show')
  expect(listOf(await call('GET', `/v1/playlists/${id}`))).toMatchObject([{ is_private: false }])
  await change('delete')
  expect((await call('GET', `/v1/playlists/${id}`)).status).toBe(404)
})

test('the archive of one’s data holds the audio as it was sent, and everything else', async () => {
  const sender = new Sender(server.url, nova.write)
  const song = wav(2)
  const { orig_file_cid: original, results } = await sender.ended(await sender.send(song))
  const id = await publish(nova, {
    ...{ title: 'Kept', track_cid: Object(results)['320'], orig_file_cid: original },
  })
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-archive-'))
  try {
    const { status, headers, bytes } = await archive()
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-tar'])
    writeFileSync(join(folder, 'nova.tar'), bytes)
    execFileSync('tar', ['-xf', 'nova.tar'], { cwd: folder })
    const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'))
    expect(read('account.json')).toMatchObject({ profile: { handle: 'nova' } })
    expect(read('tracks/0001.json')).toContainEqual(expect.objectContaining({ public_id: id, title: 'Kept' }))
    expect(sha256(readFileSync(join(folder, `audio/${id}.wav`)))).toBe(sha256(song))
  } finally {
    rmSync(folder, { recursive: true })
  }

  async function archive() {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${server.url}/account/data/archive`, { headers: { cookie } })
    return {
      status: response.status,
      headers: response.headers,
      bytes: Buffer.from(await response.arrayBuffer()),
    }
  }
})
