import { expect, test } from 'vitest'
import type { Store, UploadFile, User } from '../../../src/store/contract/store.ts'
import { addApp, addUser, second, start } from '../world.ts'
import { newTrack } from './music.ts'
import { newUpload } from './uploads.ts'

const page = { offset: 0, limit: 2, viewerId: null }

/** What a store must do with what people did where somebody or something of it has gone. */
export function goneContract(store: () => Store): void {
  let published = 0

  async function upload(user: User, files: readonly UploadFile[], template: 'audio' | 'img_square') {
    const upload = newUpload({ userId: user.id, address: null, template })
    await store().createUpload(upload, { uploads: 99, bytes: 1e9 })
    await store().finishUpload(upload.id)
    const job = await store().claimJob(start, start + second, 3, 'given up')
    if (job === undefined) throw new Error('There is no job')
    for (const file of files) await store().addFile(job, file)
    await store().completeJob(job, { durationSeconds: 1, bpm: null, musicalKey: null })
  }

  async function publish(user: User): Promise<{ readonly id: number; readonly cid: string }> {
    published += 1
    const cid = `stream:${published}`
    await upload(user, [{ role: 'stream', cid, type: 'audio/mpeg', bytes: 9 }], 'audio')
    const creation = await store().createTrack(newTrack(user, { trackCid: cid, now: start + published }))
    if (creation.outcome === 'refused') throw new Error(JSON.stringify(creation.faults))
    return { id: creation.id, cid }
  }

  async function say(user: User, trackId: number, parentId: number | null = null): Promise<number> {
    const words = { body: 'Words', trackSeconds: null, apiKey: null, now: start }
    const creation = await store().createComment({ ...words, trackId, parentId, userId: user.id })
    if (creation.outcome !== 'created') throw new Error(creation.outcome)
    return creation.id
  }

  const remove = ({ handle }: User) => store().removeUser(handle, 'dead', start)
  const disable = ({ handle }: User) => store().disableUser(handle, start)

  const goings: readonly (readonly [
    name: string,
    (artist: User, ids: readonly number[]) => Promise<unknown>,
  ])[] = [
    [
      'are deleted',
      async (artist, ids) => Promise.all(ids.map((id) => store().deleteTrack(id, artist.id, start))),
    ],
    [
      'are unlisted',
      async (artist, ids) =>
        Promise.all(ids.map((id) => store().updateTrack(id, artist.id, { isUnlisted: true }, start))),
    ],
    ['are of a disabled artist', disable],
  ]
  test.each(goings)('a page of reposts and of a feed is full though the last ones %s', async (_, go) => {
    const [artist, other, fan, listener] = await Promise.all([
      addUser(store()),
      addUser(store()),
      addUser(store()),
      addUser(store()),
    ])
    const kept = [await publish(other), await publish(other)]
    const gone = [await publish(artist), await publish(artist), await publish(artist)]
    const all = [...kept, ...gone]
    for (const [at, { id }] of all.entries()) await store().mark('track-repost', fan.id, id, null, start + at)
    for (const { id } of all) await store().saveTrack(fan.id, id, null, start)
    for (const { id } of [artist, other]) await store().follow(listener.id, id, null, start)
    await store().follow(listener.id, fan.id, null, start)
    await go(
      artist,
      gone.map(({ id }) => id),
    )
    const idsOf = (doings: Awaited<ReturnType<Store['listFeed']>>) =>
      doings.map((doing) => (doing.kind === 'track' ? doing.track.id : 0))
    const last = kept.map(({ id }) => id).reverse()
    expect(idsOf(await store().listReposts({ ...page, userId: fan.id }))).toEqual(last)
    for (const filter of ['all', 'original', 'repost'] as const) {
      const feed = { ...page, userId: listener.id, filter, isTracksOnly: false, since: start }
      expect(idsOf(await store().listFeed(feed)), filter).toEqual(last)
    }
    expect(await store().countFavorites(fan.id)).toBe(kept.length)
  })

  test('the answers to a comment go with its author, and are counted no longer', async () => {
    const [artist, fan, other] = await Promise.all([addUser(store()), addUser(store()), addUser(store())])
    const { id } = await publish(artist)
    const stays = await say(other, id)
    await say(fan, id, stays)
    const goes = await say(fan, id)
    const answer = await say(other, id, goes)
    expect(await store().findTrack(id, page)).toMatchObject({ commentCount: 4 })
    await remove(fan)
    expect(await store().findTrack(id, page)).toMatchObject({ commentCount: 1 })
    expect(await store().findComment(stays, page)).toMatchObject({ replyCount: 0 })
    expect(await store().findComment(answer, page)).toBeUndefined()
    const said = await store().listCommentsBy({ ...page, id: other.id })
    expect(said.map((comment) => comment.id)).toEqual([stays])
  })

  test('what was said about the tracks of a disabled artist is not there until they are enabled', async () => {
    const [artist, fan] = await Promise.all([addUser(store()), addUser(store())])
    const { id } = await publish(artist)
    const comment = await say(fan, id)
    await disable(artist)
    expect(await store().findComment(comment, page)).toBeUndefined()
    expect(await store().listCommentsBy({ ...page, id: fan.id })).toEqual([])
    expect(await store().reactToComment(comment, fan.id, start)).toBe(false)
    expect(await store().updateComment(comment, fan.id, 'Other words', start)).toBe('unknown')
    await store().enableUser(artist.handle, start)
    expect(await store().findComment(comment, page)).toMatchObject({ body: 'Words' })
  })

  test('nobody reacts to the comment of a disabled person', async () => {
    const [artist, fan] = await Promise.all([addUser(store()), addUser(store())])
    const comment = await say(fan, (await publish(artist)).id)
    await disable(fan)
    expect(await store().reactToComment(comment, artist.id, start)).toBe(false)
  })

  test('the files of a disabled person are served to nobody until they are enabled, but for the logo of an app', async () => {
    const user = await addUser(store())
    const { cid } = await publish(user)
    for (const picture of ['face', 'logo'])
      await upload(user, [{ role: 'image', cid: picture, type: 'image/png', bytes: 9 }], 'img_square')
    await store().updateProfile(user.id, { profilePicture: 'face' }, start)
    const apiKey = await addApp(store(), { ownerId: user.id })
    await store().updateApp(apiKey, user.id, { logo: 'logo' }, start)
    await disable(user)
    const found = async () => {
      const files = ['face', 'logo', cid].map(async (one) => [
        await store().findContent(one),
        await store().findClaimed(one),
      ])
      return (await Promise.all(files)).map((both) => both.map((file) => file !== undefined))
    }
    const [yes, no] = [
      [true, true],
      [false, false],
    ]
    expect(await found()).toEqual([no, yes, no])
    await store().enableUser(user.handle, start)
    expect(await found()).toEqual([yes, yes, yes])
  })
}
