import { expect, test } from 'vitest'
import type { NewUpload, Store, UploadFile } from '../../../src/store/contract/store.ts'
import { addUser, atOnce, digest, hour, second, start, tally } from '../world.ts'

const limits = { uploads: 3, bytes: 1000 }
const facts = { durationSeconds: 3.5, bpm: 120, musicalKey: 'Am' }
const attempts = 3

/** An audio upload that nobody has sent. */
export function newUpload(overrides: Partial<NewUpload> = {}): NewUpload {
  return {
    id: Buffer.from(digest()).toString('base64url'),
    userId: null,
    address: '192.0.2.1',
    template: 'audio',
    filename: 'song.mp3',
    length: 100,
    previewStartSeconds: 1.5,
    createdAt: start,
    expiresAt: start + hour,
    ...overrides,
  }
}

const file = (cid: string, role: UploadFile['role'] = 'original'): UploadFile => ({
  role,
  cid,
  type: 'audio/mpeg',
  bytes: 100,
})

/** What a store must do for uploads: their limits, their queue, their files. */
export function uploadsContract(store: () => Store): void {
  const add = async (overrides: Partial<NewUpload> = {}) => {
    const upload = newUpload(overrides)
    expect(await store().createUpload(upload, { uploads: 99, bytes: 1e9 })).toBe('created')
    return upload
  }
  const claim = (now = start) => store().claimJob(now, now + 10 * second, attempts, 'given up')
  const job = async () => {
    const claimed = await claim()
    if (claimed === undefined) throw new Error('There is no job')
    return claimed
  }
  /** An upload that is done, with these files. */
  const done = async (files: readonly UploadFile[], overrides: Partial<NewUpload> = {}) => {
    const { id } = await add(overrides)
    await store().finishUpload(id)
    const its = await job()
    for (const one of files) expect(await store().addFile(its, one)).toBe(true)
    expect(await store().completeJob(its, facts)).toBe(true)
    return id
  }

  test('of writers at once one holds an upload, and another once its time is over or it is freed', async () => {
    const { id } = await add()
    const hold = (writer: string, now = start) => store().holdUpload(id, writer, now, now + 10 * second)
    const held = await atOnce(20, (at) => hold(`writer ${at}`))
    expect(held.filter(Boolean)).toHaveLength(1)
    const first = `writer ${held.indexOf(true)}`
    expect(await store().prolongUpload(id, first, start + 20 * second)).toBe(true)
    expect(await hold('late', start + 19 * second)).toBe(false)
    expect(await hold('late', start + 20 * second)).toBe(true)
    expect(await store().prolongUpload(id, first, start + 60 * second)).toBe(false)
    await store().freeUpload(id, first)
    expect(await hold('eager', start + 21 * second)).toBe(false)
    await store().freeUpload(id)
    expect(await hold('eager', start + 21 * second)).toBe(true)
    expect(await store().holdUpload('unknown', 'w', start, start + second)).toBe(false)
  })

  test('parts count only from whoever holds the upload, each after the last, and a whole upload is queued', async () => {
    const { id } = await add({ length: 100 })
    await store().holdUpload(id, 'one', start, start + second)
    const part = (from: number, bytes: number, name: string) => ({ start: from, bytes, name })
    expect(await store().addPart(id, 'another', 0, part(0, 40, 'a'))).toBe(false)
    expect(await store().addPart(id, 'one', 10, part(10, 40, 'b'))).toBe(false)
    expect(await store().addPart(id, 'one', 0, part(0, 40, 'c'))).toBe(true)
    expect(await store().addPart(id, 'one', 0, part(0, 40, 'd'))).toBe(false)
    expect(await store().addPart(id, 'one', 40, part(0, 60, 'e'))).toBe(true)
    expect(await store().findUpload(id)).toMatchObject({ received: 60, status: 'receiving' })
    expect(await store().addPart(id, 'one', 60, part(60, 40, 'f'))).toBe(true)
    expect(await store().listParts(id)).toEqual([part(0, 60, 'e'), part(60, 40, 'f')])
    expect(await store().findUpload(id)).toMatchObject({ received: 100, status: 'new' })
    expect(await store().addPart(id, 'one', 100, part(100, 1, 'g'))).toBe(false)
    expect(await store().completeJob(await job(), facts)).toBe(true)
    expect(await store().listParts(id)).toEqual([])
  })

  test('a job that is given back is claimed at once, and the attempt does not count', async () => {
    const { id } = await add()
    await store().finishUpload(id)
    for (let n = 0; n < attempts + 1; n += 1) {
      expect(await claim(start + n)).toEqual({ id, attempt: 1 })
      await store().returnJob({ id, attempt: 1 })
    }
    expect(await claim(start + second)).toEqual({ id, attempt: 1 })
    await store().returnJob({ id, attempt: 5 })
    expect(await claim(start + 2 * second)).toBeUndefined()
  })

  test('what a node had begun before it was killed is taken again at once, and counts as begun', async () => {
    const [mine, other] = [await add({ node: 'a node' }), await add({ node: 'another' })]
    const claimBy = (node: string) => store().claimJob(start, start + 10 * second, attempts, 'given up', node)
    for (const { id } of [mine, other]) await store().finishUpload(id)
    const before = await claimBy('a node')
    expect(await claimBy('another')).toEqual({ id: other.id, attempt: 1 })
    expect(await claimBy('a node')).toBeUndefined()
    await store().returnJobsOf('a node')
    expect(await claimBy('a node')).toEqual({ id: mine.id, attempt: 2 })
    expect(await claimBy('another')).toBeUndefined()
    expect(await store().completeJob(before ?? expect.unreachable(), facts)).toBe(false)
  })

  test('an upload of a node is processed by that node alone', async () => {
    const { id } = await add({ node: 'a node' })
    await store().finishUpload(id)
    const claimAt = (node?: string) =>
      store().claimJob(start, start + 10 * second, attempts, 'given up', node)
    expect([await claimAt(), await claimAt('another')]).toEqual([undefined, undefined])
    expect(await claimAt('a node')).toEqual({ id, attempt: 1 })
    expect((await store().findUpload(id))?.node).toBe('a node')
  })

  test('an upload is found as it was created', async () => {
    const upload = await add()
    const fresh = { status: 'receiving', received: 0, error: null, progress: 0, claimedAt: null, files: [] }
    const unknown = { durationSeconds: null, bpm: null, musicalKey: null }
    expect(await store().findUpload(upload.id)).toEqual({ ...upload, ...fresh, ...unknown })
    expect(await store().findUpload('another')).toBeUndefined()
  })

  test('of uploads that race for what is left only those within the limits are created', async () => {
    const many = await atOnce(9, async () => ({ outcome: await store().createUpload(newUpload(), limits) }))
    expect(tally(many)).toEqual({ created: 3, too_many: 6 })
    const { id: userId } = await addUser(store())
    const large = { userId, address: null, length: 400 }
    const bytes = await atOnce(3, async () => ({
      outcome: await store().createUpload(newUpload(large), limits),
    }))
    expect(tally(bytes)).toEqual({ created: 2, too_large: 1 })
    expect(await store().createUpload(newUpload({ address: '192.0.2.2' }), limits)).toBe('created')
  })

  test('what has failed or was claimed counts no more', async () => {
    const { id } = await add({ length: 900 })
    expect(await store().createUpload(newUpload({ length: 200 }), limits)).toBe('too_large')
    await store().finishUpload(id)
    await store().failJob(await job(), 'bad')
    expect(await store().createUpload(newUpload({ length: 200 }), limits)).toBe('created')
  })

  test('a whole upload is queued once, and taken once by any number at once', async () => {
    const { id } = await add()
    expect(await claim()).toBeUndefined()
    const queued = await atOnce(5, async () => ({ outcome: String(await store().finishUpload(id)) }))
    expect(tally(queued)).toEqual({ true: 1, false: 4 })
    const claims = await atOnce(5, () => claim())
    expect(claims.filter(Boolean)).toEqual([{ id, attempt: 1 }])
    expect(await store().findUpload(id)).toMatchObject({ status: 'busy' })
  })

  test('a job that outlives its lease is taken again, and only the later attempt reports', async () => {
    const { id } = await add()
    await store().finishUpload(id)
    const first = await job()
    expect(await store().prolongJob(first, 0.5, start + 20 * second)).toBe(true)
    expect(await claim(start + 20 * second - 1)).toBeUndefined()
    const next = await claim(start + 20 * second)
    expect(next).toEqual({ id, attempt: 2 })
    expect(await store().prolongJob(first, 0.9, start + hour)).toBe(false)
    expect(await store().addFile(first, file('a'))).toBe(false)
    expect(await store().completeJob(first, facts)).toBe(false)
    expect(await store().failJob(first, 'late')).toBeUndefined()
    await store().returnJob(first)
    expect(await store().findUpload(id)).toMatchObject({ status: 'busy', progress: 0.5 })
  })

  test('a job that was left too often is failed in words', async () => {
    const { id } = await add()
    await store().finishUpload(id)
    for (let attempt = 1; attempt <= attempts; attempt += 1)
      expect(await claim(start + attempt * hour)).toEqual({ id, attempt })
    expect(await claim(start + 9 * hour)).toBeUndefined()
    expect(await store().findUpload(id)).toMatchObject({ status: 'error', error: 'given up' })
  })

  test('a job that is given back has not been begun', async () => {
    const { id } = await add()
    await store().finishUpload(id)
    for (let time = 0; time <= attempts; time += 1) {
      const taken = await job()
      expect(taken).toEqual({ id, attempt: 1 })
      await store().returnJob(taken)
    }
  })

  test('a done upload has its facts and files, which nothing unclaimed is served of', async () => {
    const id = await done([file('a'), file('b', 'stream')])
    expect(await store().findUpload(id)).toMatchObject({
      ...facts,
      status: 'done',
      progress: 1,
      files: [file('a'), file('b', 'stream')],
    })
    expect(await store().findContent('a')).toBeUndefined()
    expect(await store().findReferenced(['a', 'c', 'b'])).toEqual(['a', 'b'])
  })

  test('what no other upload holds is named when its last one goes', async () => {
    const first = await done([file('a'), file('b', 'stream')])
    const next = await done([file('a')])
    expect(await store().deleteUpload(first)).toEqual({ outcome: 'deleted', unreferenced: ['b'] })
    expect(await store().deleteUpload(first)).toEqual({ outcome: 'unknown' })
    expect(await store().deleteUpload(next)).toEqual({ outcome: 'deleted', unreferenced: ['a'] })
  })

  test('an upload taken past the queue is one job’s, and nobody else’s to do', async () => {
    const { id } = await add()
    const taken = await atOnce(5, async () => store().takeJob(id, start + 10 * second))
    expect(taken.filter((its) => its !== undefined)).toEqual([{ id, attempt: 1 }])
    expect(await store().finishUpload(id)).toBe(false)
    expect(await claim()).toBeUndefined()
    expect(await store().completeJob({ id, attempt: 1 }, facts)).toBe(true)
    const { id: queued } = await add()
    await store().finishUpload(queued)
    expect(await store().takeJob(queued, start + 10 * second)).toBeUndefined()
    expect(await store().takeJob('another', start + 10 * second)).toBeUndefined()
  })

  test('a sweep takes what has expired, but no job that is being done', async () => {
    const gone = await done([file('a')])
    const later = await done([file('b')], { expiresAt: start + 2 * hour })
    const { id: busy } = await add()
    await store().finishUpload(busy)
    const its = await job()
    await store().prolongJob(its, 0, start + hour + second)
    expect(await store().sweepUploads(start + hour - 1, 10)).toEqual({ ids: [], unreferenced: [] })
    expect(await store().sweepUploads(start + hour, 10)).toEqual({ ids: [gone], unreferenced: ['a'] })
    expect(await store().sweepUploads(start + hour + second, 10)).toEqual({ ids: [busy], unreferenced: [] })
    expect(await store().completeJob(its, facts)).toBe(false)
    expect(await store().findUpload(later)).toBeDefined()
  })

  test('a sweep takes no more than it was told', async () => {
    for (let count = 0; count < 5; count += 1) await add()
    expect((await store().sweepUploads(start + hour, 3)).ids).toHaveLength(3)
    expect((await store().sweepUploads(start + hour, 3)).ids).toHaveLength(2)
  })
}
