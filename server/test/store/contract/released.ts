import { expect, test } from 'vitest'
import type { NewTrack, Store, UploadFile } from '../../../src/store/contract/store.ts'
import { addApp, addUser, atOnce, hour, second, start } from '../world.ts'
import { newTrack } from './music.ts'
import { newUpload } from './uploads.ts'

const audio = (name: string): readonly UploadFile[] =>
  (['original', 'stream', 'preview'] as const).map((role) => ({
    role,
    cid: `${name}:${role}`,
    type: 'audio/mpeg',
    bytes: 100,
  }))
const picture = (name: string): readonly UploadFile[] => [
  { role: 'image', cid: name, type: 'image/png', bytes: 9 },
]

/** What a store must do with uploads when what refers to them goes. */
export function releasedContract(store: () => Store): void {
  /** A user's uploads and tracks, and which uploads a sweep leaves. */
  const setUp = async () => {
    const user = await addUser(store())
    const add = async (files: readonly UploadFile[], template: 'audio' | 'img_square' = 'audio') => {
      const upload = newUpload({ userId: user.id, address: null, template })
      await store().createUpload(upload, { uploads: 9, bytes: 1e9 })
      await store().finishUpload(upload.id)
      const job = await store().claimJob(start, start + second, 3, 'given up')
      if (job === undefined) throw new Error('There is no job')
      for (const file of files) await store().addFile(job, file)
      await store().completeJob(job, { durationSeconds: 1, bpm: null, musicalKey: null })
      return upload.id
    }
    const publish = async (facts: Partial<NewTrack>) => {
      const creation = await store().createTrack(newTrack(user, facts))
      if (creation.outcome === 'refused') throw new Error(JSON.stringify(creation.faults))
      return creation.id
    }
    const isSwept = async (now: number) => (await store().sweepUploads(now, 100)).ids
    return { user, add, publish, isSwept }
  }
  const later = start + 5 * hour

  test('an original is not for everyone, unless it is what is streamed', async () => {
    const { add, publish } = await setUp()
    await add(audio('a'))
    await add([
      { role: 'original', cid: 'b', type: 'audio/mpeg', bytes: 9 },
      { role: 'stream', cid: 'b', type: 'audio/mpeg', bytes: 9 },
    ])
    expect(await store().findClaimed('a:original')).toBeUndefined()
    await publish({ trackCid: 'a:stream' })
    await publish({ trackCid: 'b' })
    expect(await store().findContent('a:original')).toBeUndefined()
    expect(await store().findClaimed('a:original')).toMatchObject({ role: 'original' })
    expect(await store().findContent('a:preview')).toMatchObject({ role: 'preview' })
    expect(await store().findContent('b')).toMatchObject({ role: 'stream' })
  })

  test('the files of a deleted track are served no longer, and swept an hour later', async () => {
    const { user, add, publish, isSwept } = await setUp()
    const song = await add(audio('a'))
    const cover = await add(picture('c'), 'img_square')
    const id = await publish({ trackCid: 'a:stream', origFileCid: 'a:original', coverArt: 'c' })
    expect(await isSwept(later)).toEqual([])
    expect(await store().deleteTrack(id, user.id, later)).toBe('deleted')
    expect(await store().findContent('a:stream')).toBeUndefined()
    expect(await store().findContent('c')).toBeUndefined()
    expect(await isSwept(later + hour - 1)).toEqual([])
    const { ids, unreferenced } = await store().sweepUploads(later + hour, 100)
    expect([...ids].sort()).toEqual([song, cover].sort())
    expect([...unreferenced].sort()).toEqual(['a:original', 'a:preview', 'a:stream', 'c'])
  })

  test('an upload stays as long as one track of its user stands on any of its files', async () => {
    const { user, add, publish, isSwept } = await setUp()
    const song = await add(audio('a'))
    await add(audio('b'))
    const one = await publish({ trackCid: 'a:stream' })
    const two = await publish({ trackCid: 'b:stream', previewCid: 'a:preview' })
    await store().deleteTrack(one, user.id, start)
    expect(await isSwept(later)).toEqual([])
    await store().updateTrack(two, user.id, { title: 'Other words' }, start)
    expect(await isSwept(later)).toEqual([])
    await store().updateTrack(two, user.id, { previewCid: null }, start)
    expect(await isSwept(later)).toEqual([song])
    expect(await store().findContent('b:stream')).toBeDefined()
  })

  test('what another user made of the same bytes keeps nothing of this one', async () => {
    const { user, add, publish, isSwept } = await setUp()
    const song = await add(audio('a'))
    const id = await publish({ trackCid: 'a:stream' })
    const other = await setUp()
    await other.add(audio('a'))
    await other.publish({ trackCid: 'a:stream' })
    await store().deleteTrack(id, user.id, start)
    expect(await isSwept(later)).toEqual([song])
    expect(await store().findContent('a:stream')).toBeDefined()
    expect(await store().findReferenced(['a:stream'])).toEqual(['a:stream'])
  })

  test('a picture is released when the profile has another, unless a track has it too', async () => {
    const { user, add, publish, isSwept } = await setUp()
    const face = await add(picture('face'), 'img_square')
    const both = await add(picture('both'), 'img_square')
    await add(audio('a'))
    await publish({ trackCid: 'a:stream', coverArt: 'both' })
    for (const profilePicture of ['face', 'both'])
      expect(await store().updateProfile(user.id, { profilePicture }, start)).toEqual({ outcome: 'changed' })
    expect(await isSwept(later)).toEqual([face])
    await store().updateProfile(user.id, { profilePicture: null }, start)
    expect(await isSwept(later)).toEqual([])
    expect(await store().findUpload(both)).toMatchObject({ claimedAt: start })
  })

  test('a logo stays while an app of its owner has it, and is released with the last', async () => {
    const { user, add, isSwept } = await setUp()
    const first = await add(picture('first'), 'img_square')
    const second = await add(picture('second'), 'img_square')
    const app = await addApp(store(), { ownerId: user.id })
    const other = await addApp(store(), { ownerId: user.id })
    const set = (apiKey: string, logo: string | null) => store().updateApp(apiKey, user.id, { logo }, start)
    expect(await set(app, 'first')).toBe('updated')
    expect(await set(app, 'first')).toBe('updated')
    expect(await set(other, 'first')).toBe('updated')
    expect((await store().findApp(app))?.logo).toBe('first')
    expect(await set(app, 'second')).toBe('updated')
    expect(await store().findContent('first')).toBeDefined()
    expect(await set(other, null)).toBe('updated')
    expect((await store().findApp(other))?.logo).toBeNull()
    expect(await store().findContent('first')).toBeUndefined()
    expect(await isSwept(later)).toEqual([first])
    await store().updateApp(app, user.id, { description: 'The logo stays' }, start)
    expect(await isSwept(later)).toEqual([])
    expect(await store().deleteAppOf(user.id, app, later)).toBe(true)
    expect(await store().findContent('second')).toBeUndefined()
    expect(await isSwept(later + hour)).toEqual([second])
  })

  test('of two logos set at once one stays, and the other is released', async () => {
    const { user, add, isSwept } = await setUp()
    const uploads = [await add(picture('one'), 'img_square'), await add(picture('two'), 'img_square')]
    const app = await addApp(store(), { ownerId: user.id })
    await atOnce(2, (n) => store().updateApp(app, user.id, { logo: n === 0 ? 'one' : 'two' }, start))
    const kept = (await store().findApp(app))?.logo === 'one' ? 0 : 1
    expect(await isSwept(later)).toEqual([uploads[1 - kept]])
  })

  test('nobody’s app is given a logo of somebody else’s, of another kind or of nothing', async () => {
    const { user, add } = await setUp()
    await add(picture('mine'), 'img_square')
    await add(audio('a'))
    const stranger = await addUser(store())
    const [own, theirs] = [
      await addApp(store(), { ownerId: user.id }),
      await addApp(store(), { ownerId: stranger.id }),
    ]
    for (const logo of ['mine', 'never'])
      expect(
        await store().updateApp(theirs, stranger.id, { logo, name: { text: 'N', key: logo } }, start),
      ).toBe('no_logo')
    expect(await store().updateApp(own, user.id, { logo: 'a:stream' }, start)).toBe('no_logo')
    expect(await store().updateApp(theirs, user.id, { logo: 'mine' }, start)).toBe('unknown')
    expect(await store().findApp(theirs)).toMatchObject({ name: 'An App', logo: null })
    expect(await store().findContent('mine')).toBeUndefined()
  })

  test('the logos of a deleted account are swept with the rest', async () => {
    const { user, add, isSwept } = await setUp()
    const upload = await add(picture('logo'), 'img_square')
    await store().updateApp(await addApp(store(), { ownerId: user.id }), user.id, { logo: 'logo' }, start)
    const [found] = await store().findCredentials(user.handle)
    const { passwordHash } = found ?? expect.unreachable()
    const deletion = { userId: user.id, passwordHash, deadHash: 'none', now: later }
    expect(await store().deleteUser(deletion)).toBe(true)
    expect(await isSwept(later)).toEqual([upload])
  })

  test('within the hour its files can be published again', async () => {
    const { user, add, publish, isSwept } = await setUp()
    await add(audio('a'))
    const id = await publish({ trackCid: 'a:stream' })
    await store().deleteTrack(id, user.id, start)
    await publish({ trackCid: 'a:stream', now: start + second })
    expect(await isSwept(later)).toEqual([])
    expect(await store().findContent('a:stream')).toBeDefined()
  })

  test('a twin that was never published keeps its own hour', async () => {
    const { user, add, publish, isSwept } = await setUp()
    await add(audio('a'))
    const id = await publish({ trackCid: 'a:stream' })
    const twin = await add(audio('a'))
    await store().deleteTrack(id, user.id, start + hour - second)
    expect(await isSwept(start + hour)).toEqual([twin])
  })

  test('what was released takes no room of its user’s open uploads', async () => {
    const { user, add, publish } = await setUp()
    await add(audio('a'))
    const id = await publish({ trackCid: 'a:stream' })
    await store().deleteTrack(id, user.id, start)
    const next = newUpload({ userId: user.id, address: null })
    expect(await store().createUpload(next, { uploads: 1, bytes: 100 })).toBe('created')
  })
}
