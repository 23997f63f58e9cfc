import { expect, test } from 'vitest'
import type { NewTrack, Store, User } from '../../../src/store/contract/store.ts'
import { addUser, allow, atOnce, logIn, start, tally, works } from '../world.ts'

const cid = `bafkrei${'a'.repeat(52)}`
const page = { offset: 0, limit: 100, viewerId: null }

/** A track whose file no upload has. */
export const newTrack = (user: User, overrides: Partial<NewTrack> = {}): NewTrack => ({
  userId: user.id,
  apiKey: null,
  title: 'Song',
  genre: 'Electronic',
  mood: null,
  tags: null,
  description: null,
  license: null,
  isrc: null,
  releaseDate: null,
  trackCid: cid,
  previewCid: null,
  previewStartSeconds: null,
  origFileCid: null,
  coverArt: null,
  isDownloadable: false,
  isUnlisted: false,
  now: start,
  ...overrides,
})

/** What a store must do for profiles, tracks and libraries, as far as it goes without uploads. */
export function musicContract(store: () => Store): void {
  test('a track of a file that nobody uploaded is refused, and nothing is there', async () => {
    const user = await addUser(store())
    const faults = [
      { field: 'trackCid', reason: 'unknown' },
      { field: 'coverArt', reason: 'unknown' },
    ]
    const creation = await store().createTrack(newTrack(user, { coverArt: cid }))
    expect(creation).toEqual({ outcome: 'refused', faults })
    const list = { ...page, userId: user.id, query: '', sort: 'date', direction: 'asc' } as const
    expect(await store().listTracks({ ...list, viewerId: user.id })).toEqual([])
    expect(await store().findTrack(1, page)).toBeUndefined()
    expect(await store().searchTracks({ ...page, query: 'song' })).toEqual([])
  })

  test('a track that is not there is neither changed, deleted nor saved', async () => {
    const user = await addUser(store())
    expect(await store().updateTrack(1, user.id, { title: 'New' }, start)).toEqual({ outcome: 'unknown' })
    expect(await store().deleteTrack(1, user.id, start)).toBe('unknown')
    expect(await store().saveTrack(user.id, 1, null, start)).toBe(false)
    await store().unsaveTrack(user.id, 1)
    expect(await store().listFavorites({ ...page, userId: user.id })).toEqual([])
  })

  test('a profile keeps what is not named, and its own pictures', async () => {
    const user = await addUser(store(), { name: 'Ada', profilePicture: cid })
    const changes = { bio: 'Words', profilePicture: cid }
    expect(await store().updateProfile(user.id, changes, start + 1)).toEqual({ outcome: 'changed' })
    expect(await store().findProfile(user.id)).toEqual({
      ...user,
      bio: 'Words',
      updatedAt: start + 1,
      ...{ trackCount: 0, playlistCount: 0, albumCount: 0 },
      ...{ followerCount: 0, followeeCount: 0, repostCount: 0 },
    })
    const refused = await store().updateProfile(user.id, { name: 'Eve', coverPhoto: cid }, start + 2)
    expect(refused).toEqual({ outcome: 'refused', faults: [{ field: 'coverPhoto', reason: 'unknown' }] })
    expect(await store().findProfile(user.id)).toMatchObject({ name: 'Ada', updatedAt: start + 1 })
  })

  test('users are found by what begins with the words first, and no longer once disabled', async () => {
    const handles = async (query: string) =>
      (await store().searchUsers({ ...page, query })).map(({ handle }) => handle)
    await addUser(store(), { handle: 'zoe', name: 'Anna Ada' })
    await addUser(store(), { handle: 'ada', name: 'Somebody' })
    await addUser(store(), { handle: 'bob', name: 'Ádám' })
    expect(await handles('ADA')).toEqual(['ada', 'bob', 'zoe'])
    expect(await handles('%')).toEqual([])
    expect(await handles('')).toEqual([])
    await store().disableUser('ada', start)
    expect(await handles('ada')).toEqual(['bob', 'zoe'])
    expect(await store().findProfileByHandle('ADA')).toBeUndefined()
    expect(await store().findProfileByHandle('ZOE')).toMatchObject({ handle: 'zoe' })
  })

  test('withdrawing ends codes and families of that user at that app, and no others', async () => {
    const tokens = await logIn(store())
    const { user, apiKey } = tokens
    if (apiKey === null) throw new Error('The client has no key')
    const sameApp = await logIn(store(), { apiKey })
    const sameUser = await logIn(store(), { user })
    await allow(store(), { user, apiKey })
    const listed = await store().listAuthorizedApps(user.id, start)
    expect(listed.map(({ app }) => app.apiKey).sort()).toEqual([apiKey, sameUser.apiKey].sort())
    const withdrawals = await atOnce(10, async () => ({
      outcome: String(await store().withdrawGrant(user.id, apiKey, start + 1)),
    }))
    expect(tally(withdrawals)).toEqual({ true: 1, false: 9 })
    expect(await works(store(), tokens, start + 1)).toBe(false)
    expect(await works(store(), sameApp, start + 1)).toBe(true)
    expect(await works(store(), sameUser, start + 1)).toBe(true)
    const left = await store().listAuthorizedApps(user.id, start + 1)
    expect(left.map(({ app }) => app.apiKey)).toEqual([sameUser.apiKey])
  })
}
