import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { remains, rows, uploadsOf } from '@stagedoor/testkit/installation'
import { wav } from '@stagedoor/testkit/media'
import { hour } from '@stagedoor/testkit/server'
import { expect, test } from 'vitest'
import { uploadJson } from '../../src/uploads/upload-json.ts'

test.each([
  ['a song is served as it came, and the answer says so', wav(2), 'done'],
  ['what is no song is refused all the same', Buffer.from('RIFF....WAVE and no more'), 'error'],
  ['a header without sound is refused all the same', wav(2).subarray(0, 30), 'error'],
] as const)('without a transcoder %s', async (_, bytes, status) => {
  const folder = temporaryFolder()
  const source = join(folder, 'source')
  writeFileSync(source, bytes)
  const { store, sweep } = await uploadsOf(folder, Promise.resolve(null))
  const now = Date.now()
  const upload = {
    userId: null,
    address: 'here',
    template: 'audio',
    filename: 'x',
    previewStartSeconds: null,
  } as const
  const times = { createdAt: now, expiresAt: now + hour }
  await store.createUpload(
    { ...upload, ...times, id: 'song', length: bytes.length },
    { uploads: 1, bytes: 1e9 },
  )
  copyFileSync(source, join(folder, 'uploads', 'incoming', 'song'))
  await store.finishUpload('song')
  await expect.poll(async () => (await store.findUpload('song'))?.status).toBe(status)
  const ended = await store.findUpload('song')
  if (ended === undefined) throw new Error('The upload is gone')
  const answer = uploadJson(ended)
  if (status === 'done') {
    expect(answer).toMatchObject({ transcoded: false, results: { '320': answer.orig_file_cid } })
    expect(answer.results).not.toHaveProperty('320_preview|30')
    expect(answer.probe).toEqual({ format: { duration: '2' } })
  } else
    expect(answer).toMatchObject({ error: expect.stringMatching(/^This is not an audio file/), results: {} })
  await sweep(0)
  // What was made lies in the workshop until its job has ended, which is after it is told.
  await expect
    .poll(() => remains(folder))
    .toMatchObject({
      incoming: [],
      work: [],
      content: status === 'done' ? [answer.orig_file_cid] : [],
    })
})

test('a job for which the node has no room is given back at once, and the attempt does not count', async () => {
  const folder = temporaryFolder()
  const bytes = wav(1)
  const { store } = await uploadsOf(folder, Promise.resolve(null), Number.MAX_SAFE_INTEGER)
  const now = Date.now()
  const facts = { template: 'audio', filename: 'x', previewStartSeconds: null, length: bytes.length } as const
  const upload = {
    ...facts,
    id: 'song',
    userId: null,
    address: 'here',
    createdAt: now,
    expiresAt: now + hour,
  }
  await store.createUpload(upload, { uploads: 1, bytes: 1e9 })
  writeFileSync(join(folder, 'uploads', 'incoming', 'song'), bytes)
  await store.finishUpload('song')
  const begun = () => rows(folder, 'SELECT status, attempts FROM uploads WHERE lease_until IS NOT NULL')
  await expect.poll(begun).toEqual([{ status: 'new', attempts: 0 }])
})
