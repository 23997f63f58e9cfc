import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { remains, rows, uploadsOf } from '@stagedoor/testkit/installation'
import { wav } from '@stagedoor/testkit/media'
import { minute } from '@stagedoor/testkit/server'
import { expect, test } from 'vitest'
import type { Transcoder } from '../../src/uploads/processing/ffmpeg.ts'
import { addUser } from '../store/world.ts'

const most = { uploads: 100, bytes: 1e9 }
const facts = { template: 'audio', filename: 'song.wav', previewStartSeconds: null } as const
const audio = { durationSeconds: 1, bpm: null, musicalKey: null }

/** Decodes nothing, as on a machine that is halted, until its work is taken away. */
const halted: Transcoder = {
  probe: async (_, stopped) => {
    if (!stopped.aborted) await once(stopped, 'abort')
    throw stopped.reason
  },
  transcode: () => Promise.reject(new Error('Nothing was probed')),
}

test('a file of an archive is waited for when the queue takes over its job, as after a sleep of the machine', async () => {
  const folder = temporaryFolder()
  const { store, intake } = await uploadsOf(folder, Promise.resolve(halted))
  const [bytes, path] = [wav(1), join(folder, 'archive')]
  writeFileSync(path, Buffer.concat([Buffer.alloc(512), bytes, Buffer.alloc(512)]))
  const user = await addUser(store)
  const taken = intake.take({ path, offset: 512, size: bytes.length }, facts, user.id, most)
  const busy = () => rows(folder, "SELECT id, node FROM uploads WHERE status = 'busy'")
  await expect.poll(busy).toHaveLength(1)

  const later = Date.now() + minute
  const job = await store.claimJob(later, later + minute, 5, 'given_up', String(busy()[0]?.['node']))
  if (job === undefined) throw new Error('There is no job.')
  expect(await store.completeJob(job, audio)).toBe(true)
  expect(await taken).toMatchObject({ id: job.id, status: 'done' })
  expect(remains(folder).work).toEqual([])
})
