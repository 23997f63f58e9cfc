import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UserInactive } from '../../../src/store/contract/errors.ts'
import type { Store, User } from '../../../src/store/contract/store.ts'
import { addUser, newPlaylist, second, start } from '../world.ts'
import { newTrack } from './music.ts'
import { newUpload } from './uploads.ts'

const page = { offset: 0, limit: 1000, viewerId: null }
const marks = ['track-repost', 'playlist-repost', 'playlist-favorite'] as const
const people = 4
const things = 3

/** People with tracks, playlists and comments, of whom anybody may do anything. */
async function world(store: Store) {
  const users: User[] = []
  const tracks: { readonly id: number; readonly owner: User }[] = []
  const playlists: { readonly id: number; readonly owner: User }[] = []
  const comments: number[] = []
  for (let at = 0; at < people; at += 1) users.push(await addUser(store))
  for (let at = 0; at < things; at += 1) {
    const owner = users[at % people] ?? (await addUser(store))
    const upload = newUpload({ userId: owner.id, address: null, template: 'audio' })
    await store.createUpload(upload, { uploads: 99, bytes: 1e9 })
    await store.finishUpload(upload.id)
    const job = await store.claimJob(start, start + second, 3, 'given up')
    if (job === undefined) throw new Error('There is no job')
    await store.addFile(job, {
      role: 'stream',
      cid: `stream:counts:${tracks.length}:${owner.id}`,
      type: 'audio/mpeg',
      bytes: 9,
    })
    await store.completeJob(job, { durationSeconds: 1, bpm: null, musicalKey: null })
    const track = await store.createTrack(
      newTrack(owner, { trackCid: `stream:counts:${tracks.length}:${owner.id}` }),
    )
    if (track.outcome === 'created') tracks.push({ id: track.id, owner })
    const entries = tracks.map(({ id }) => ({ trackId: id, addedAt: start }))
    const playlist = await store.createPlaylist(newPlaylist(owner.id, { entries, isAlbum: at % 2 === 1 }))
    if (playlist.outcome === 'created') playlists.push({ id: playlist.id, owner })
  }
  return { users, tracks, playlists, comments }
}

type World = Awaited<ReturnType<typeof world>>

/** Every count that is told beside the length of the list that it counts. */
async function counted(store: Store, { users, tracks, playlists, comments }: World) {
  const found: [what: string, count: number, length: number][] = []
  const see = (what: string, count: number, list: readonly unknown[]) =>
    found.push([what, count, list.length])
  for (const { id } of users) {
    const profile = await store.findProfile(id)
    if (profile === undefined) continue
    const list = { ...page, userId: id }
    const ofUser = { ...list, query: '', sort: 'date', direction: 'asc' } as const
    see(`followers of ${id}`, profile.followerCount, await store.listFollowers({ ...page, id }))
    see(`followees of ${id}`, profile.followeeCount, await store.listFollowing({ ...page, id }))
    see(`reposts of ${id}`, profile.repostCount, await store.listReposts(list))
    see(`tracks of ${id}`, profile.trackCount, await store.listTracks(ofUser))
    see(`playlists of ${id}`, profile.playlistCount, await store.listPlaylists({ ...list, isAlbum: false }))
    see(`albums of ${id}`, profile.albumCount, await store.listPlaylists({ ...list, isAlbum: true }))
    see(`favorites of ${id}`, await store.countFavorites(id), await store.listFavorites(list))
  }
  for (const { id } of tracks) {
    const track = await store.findTrack(id, page)
    if (track === undefined) continue
    const of = { ...page, id }
    see(`favorites at track ${id}`, track.favoriteCount, await store.listMarking('track-favorite', of))
    see(`reposts at track ${id}`, track.repostCount, await store.listMarking('track-repost', of))
    const at = await store.listComments({ ...of, sort: 'newest' })
    const answers = await Promise.all(at.map((one) => store.listReplies({ ...page, id: one.id })))
    see(`comments at track ${id}`, track.commentCount, [...at, ...answers.flat()])
  }
  for (const { id } of playlists) {
    const playlist = await store.findPlaylist(id, page)
    if (playlist === undefined) continue
    const of = { ...page, id }
    see(`saves of playlist ${id}`, playlist.favoriteCount, await store.listMarking('playlist-favorite', of))
    see(`reposts of playlist ${id}`, playlist.repostCount, await store.listMarking('playlist-repost', of))
  }
  for (const id of comments) {
    const comment = await store.findComment(id, page)
    if (comment) see(`answers to ${id}`, comment.replyCount, await store.listReplies({ ...page, id }))
  }
  return found
}

/** What anybody does, with whom and what numbers name. */
async function act(store: Store, { users, tracks, playlists, comments }: World, step: Step): Promise<void> {
  const user = users[step.who % users.length]
  const other = users[step.whom % users.length]
  const track = tracks[step.what % tracks.length]
  const playlist = playlists[step.what % playlists.length]
  const comment = comments[step.what % Math.max(1, comments.length)]
  if (!user || !other || !track || !playlist) return
  const mark = marks[step.what % marks.length] ?? 'track-repost'
  const item = mark === 'track-repost' ? track.id : playlist.id
  switch (step.doing) {
    case 'follow':
      return user !== other ? void (await store.follow(user.id, other.id, null, start)) : undefined
    case 'unfollow':
      return store.unfollow(user.id, other.id)
    case 'mark':
      return void (await store.mark(mark, user.id, item, null, start))
    case 'unmark':
      return store.unmark(mark, user.id, item)
    case 'save':
      return void (await store.saveTrack(user.id, track.id, null, start))
    case 'unsave':
      return store.unsaveTrack(user.id, track.id)
    case 'comment': {
      const said = { body: 'Words', trackSeconds: null, apiKey: null, now: start, trackId: track.id }
      const parentId = step.isAnswer ? (comment ?? null) : null
      const creation = await store.createComment({ ...said, parentId, userId: user.id })
      if (creation.outcome === 'created') comments.push(creation.id)
      return
    }
    case 'delete comment':
      return comment === undefined ? undefined : void (await store.deleteComment(comment, user.id, start))
    case 'delete track':
      return void (await store.deleteTrack(track.id, track.owner.id, start))
    case 'delete playlist':
      return void (await store.deletePlaylist(playlist.id, playlist.owner.id, start))
    case 'delete user':
      return void (await store.removeUser(user.handle, 'dead', start))
    case 'hide':
    case 'show': {
      const isHidden = step.doing === 'hide'
      await store.updateTrack(track.id, track.owner.id, { isUnlisted: isHidden }, start)
      return void (await store.updatePlaylist(playlist.id, playlist.owner.id, { isPrivate: isHidden }, start))
    }
    case 'disable':
      return void (await store.disableUser(user.handle, start))
    case 'enable':
      return void (await store.enableUser(user.handle, start))
  }
}

const common = [
  'follow',
  'unfollow',
  'mark',
  'mark',
  'unmark',
  'save',
  'unsave',
  'comment',
  'comment',
] as const
const rare = ['delete comment', 'delete track', 'delete playlist', 'delete user'] as const
const hiding = ['hide', 'show', 'disable', 'enable'] as const

interface Step {
  readonly doing: (typeof common | typeof rare | typeof hiding)[number]
  readonly who: number
  readonly whom: number
  readonly what: number
  readonly isAnswer: boolean
}

const show: Step = { doing: 'show', who: 0, whom: 0, what: 0, isAnswer: false }

/** What a store must do for counts: whatever people do, each is the length of what it counts. */
export function countsContract(store: () => Store): void {
  const step = fc.record({
    doing: fc.constantFrom<Step['doing'][]>(...common, ...common, ...common, ...rare, ...hiding),
    who: fc.nat({ max: people - 1 }),
    whom: fc.nat({ max: people - 1 }),
    what: fc.nat({ max: 11 }),
    isAnswer: fc.boolean(),
  })

  test('are one whatever is done, deleted, and hidden and shown again', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const made = await world(store())
        // Whoever is disabled or deleted does nothing.
        const inactive = (cause: unknown) => {
          if (!(cause instanceof UserInactive)) throw cause
        }
        for (const one of steps) await act(store(), made, one).catch(inactive)
        // What is hidden is counted on, and is in no list meanwhile.
        const hidden = await counted(store(), made)
        expect(hidden.filter(([, count, length]) => count < length)).toEqual([])
        for (const { handle } of made.users) await store().enableUser(handle, start)
        for (const [at] of made.tracks.entries())
          await act(store(), made, { ...show, what: at }).catch(inactive)
        const shown = await counted(store(), made)
        expect(shown.filter(([, count, length]) => count !== length)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
}
