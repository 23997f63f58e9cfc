import { wav } from '@stagedoor/testkit/media'
import { describe } from 'vitest'
import type { Data, Track } from '../../sdk/src/node.ts'
import { encodeId } from '../../server/src/api/ids.ts'
import { loggedIn, toolOf } from '../harness/tool.ts'
import { uploadPicture, uploadTone } from '../harness/uploads.ts'
import { expect, test } from '../harness.ts'

const rejected = (call: Promise<unknown>) => expect(call).rejects

const idsOf = ({ data }: Data<readonly Track[]>) => data.map(({ id }) => id)

describe('The SDK at the real server', () => {
  test('publishes, changes, saves, lists and deletes a track', async ({ server, person }) => {
    const tool = await loggedIn(server, person)
    const { tracks, users } = tool
    const me = await tool.oauth.getUser()
    const files = await uploadTone(server, tool)
    const title = `Song of ${person.handle}`

    const created = await tracks.createTrack({
      userId: me.id,
      metadata: {
        ...files,
        title,
        genre: 'Electronic',
        releaseDate: new Date('2026-01-31'),
        isDownloadable: true,
      },
    })
    const { trackId } = created
    expect(created).toEqual({ data: { trackId }, trackId })

    const { data: track } = await tracks.getTrack({ trackId })
    expect(track).toMatchObject({
      id: trackId,
      title,
      genre: 'Electronic',
      duration: 2,
      userId: me.id,
      user: { id: me.id, handle: person.handle, followerCount: 0 },
      releaseDate: new Date('2026-01-31'),
      hasCurrentUserSaved: false,
      permalink: expect.stringContaining(`/${person.handle}/`),
      ...files,
    })
    expect(track.artwork).toBeUndefined()

    const coverArtSizes = await uploadPicture(server, tool)
    const { data: changed } = await tracks.updateTrack({
      trackId,
      userId: me.id,
      metadata: { description: 'Two\nlines', coverArtSizes, releaseDate: null },
    })
    expect(changed).toMatchObject({ title, description: 'Two\nlines', releaseDate: undefined, coverArtSizes })
    expect(changed?.artwork?.['480x480']).toBe(changed?.artwork?._480x480)
    expect((await fetch(changed?.artwork?._150x150 ?? '')).status).toBe(200)

    const saved = await tracks.favoriteTrack({ trackId, userId: me.id })
    expect(saved).toEqual({ data: { trackId }, trackId })
    expect((await tracks.getTrack({ trackId })).data.hasCurrentUserSaved).toBe(true)
    expect((await users.getFavorites({ id: me.id })).data).toEqual([
      {
        favoriteItemId: trackId,
        favoriteType: 'SaveType.track',
        userId: me.id,
        createdAt: expect.any(String),
      },
    ])
    expect((await users.getUserLibraryTracks({ id: me.id, limit: 5 })).data).toMatchObject([
      { itemType: 'track', timestamp: expect.any(String), item: { id: trackId } },
    ])
    await tracks.unfavoriteTrack({ trackId })
    expect((await users.getFavorites({ id: me.id })).data).toEqual([])

    expect(
      idsOf(await users.getTracksByUser({ id: me.id, sortMethod: 'title', sortDirection: 'asc' })),
    ).toEqual([trackId])
    expect(idsOf(await users.getTracksByUser({ id: me.id, offset: 1 }))).toEqual([])
    expect(idsOf(await tracks.searchTracks({ query: title }))).toEqual([trackId])
    expect(idsOf(await tracks.getBulkTracks({ id: [trackId, encodeId(9_999_999)] }))).toEqual([trackId])

    const url = await tracks.getTrackStreamUrl({ trackId })
    expect(await tracks.streamTrack({ trackId })).toEqual({ data: url })
    expect((await fetch(url)).headers.get('content-type')).toMatch(/^audio\//)
    const download = await fetch(await tracks.getTrackDownloadUrl({ trackId }))
    expect(Buffer.from(await download.arrayBuffer())).toEqual(wav(2))
    expect(download.headers.get('content-disposition')).toContain('Tone.wav')

    await tracks.deleteTrack({ trackId, userId: me.id })
    await rejected(tracks.getTrack({ trackId })).toMatchObject({ name: 'ApiError', code: 'not_found' })
  })

  test('reads and changes the profile, and tells the apps', async ({ server, person }) => {
    const tool = await loggedIn(server, person)
    const { users } = tool
    const { id } = await tool.oauth.getUser()
    const profilePicture = await uploadPicture(server, tool)
    const { data: changed } = await users.updateUser({
      id,
      userId: id,
      metadata: { name: 'Robin the Second', bio: 'Hello', profilePicture },
    })
    expect(changed).toMatchObject({
      id,
      name: 'Robin the Second',
      bio: 'Hello',
      profilePictureSizes: profilePicture,
    })
    expect((await users.getUser({ id })).data).toEqual(changed)
    expect((await users.getUserByHandle({ handle: person.handle.toUpperCase() })).data).toEqual(changed)
    expect((await users.searchUsers({ query: person.handle })).data).toContainEqual(changed)
    expect(await tool.oauth.getUser()).toMatchObject({
      name: 'Robin the Second',
      profilePicture: changed?.profilePicture,
    })

    for (const list of [users.getAuthorizedApps, users.getDeveloperApps])
      await rejected(list({ id })).toMatchObject({
        code: 'insufficient_scope',
        hint: expect.stringContaining('management token'),
      })
  })

  test('reads without a login, and shows whoever is logged in what is theirs', async ({ server, person }) => {
    const owner = await loggedIn(server, person)
    const files = await uploadTone(server, owner)
    const { trackId } = await owner.tracks.createTrack({
      metadata: { ...files, title: 'Not listed', genre: 'Jazz', isUnlisted: true },
    })
    const { id } = await owner.oauth.getUser()
    await owner.tracks.favoriteTrack({ trackId })
    expect(idsOf(await owner.users.getTracksByUser({ id }))).toEqual([trackId])

    for (const visitor of [toolOf(server), toolOf(server, { apiKey: undefined })]) {
      const { data: track } = await visitor.tracks.getTrack({ trackId })
      expect(track).toMatchObject({ title: 'Not listed', hasCurrentUserSaved: false })
      // Its original is its artist's as long as it may not be downloaded.
      expect(track.origFileCid).toBeUndefined()
      expect(idsOf(await visitor.users.getTracksByUser({ id }))).toEqual([])
      await rejected(visitor.tracks.favoriteTrack({ trackId })).toMatchObject({ code: 'not_authenticated' })
      await rejected(visitor.users.getAuthorizedApps({ id })).toMatchObject({ code: 'not_authenticated' })
    }
  })

  test('says what was refused, and by which field', async ({ server, person }) => {
    const { tracks, users, oauth } = await loggedIn(server, person)
    const other = await server.newPerson()
    const { id: otherId } = await (await loggedIn(server, other)).oauth.getUser()
    const unknown = `bafkrei${'a'.repeat(52)}`

    await rejected(
      tracks.createTrack({ metadata: { title: '', genre: 'Jazz', trackCid: 'none' } }),
    ).toMatchObject({
      name: 'ApiError',
      code: 'request_refused',
      retryable: false,
      requestId: expect.any(String),
      faults: [
        { field: 'title', message: expect.stringContaining('title must be') },
        { field: 'trackCid', message: expect.stringContaining('track_cid must be') },
      ],
    })
    await rejected(
      tracks.createTrack({ metadata: { title: 'Song', genre: 'Jazz', trackCid: unknown } }),
    ).toMatchObject({ code: 'request_refused', faults: [{ field: 'trackCid' }] })
    await rejected(tracks.getTrack({ trackId: 'no id' })).toMatchObject({ faults: [{ field: 'id' }] })
    await rejected(users.getUserByHandle({ handle: 'nobody' })).toMatchObject({
      code: 'not_found',
      status: 404,
      docsUrl: `${server.url}/docs/errors#not_found`,
    })
    await rejected(users.getUser({ id: '../me' })).toMatchObject({ faults: [{ field: 'id' }] })
    await rejected(users.updateUser({ id: otherId, metadata: { name: 'Mine now' } })).toMatchObject({
      code: 'request_refused',
      status: 403,
      serverCode: 'access_denied',
    })
    await rejected(tracks.favoriteTrack({ trackId: otherId, userId: otherId })).toMatchObject({
      code: 'request_refused',
      status: 403,
      serverCode: 'access_denied',
    })
    expect(await oauth.isAuthenticated()).toBe(true)
  })

  test('asks for scope write where a login may only read', async ({ server, person }) => {
    const { tracks, users, oauth } = await loggedIn(server, person, 'read')
    const { id } = await oauth.getUser()
    expect((await users.getUser({ id })).data.handle).toBe(person.handle)
    await rejected(tracks.favoriteTrack({ trackId: id })).toMatchObject({
      code: 'insufficient_scope',
      hint: expect.stringContaining('scope write'),
    })
    expect(await oauth.isAuthenticated()).toBe(true)
  })

  test('ends with the session, but not what everyone may read', async ({ server, person }) => {
    const { tracks, users, oauth } = await loggedIn(server, person)
    const { id } = await oauth.getUser()
    const token = await oauth.getAccessToken()
    await fetch(`${server.url}/v1/oauth/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: token ?? '', client_id: server.apiKey }),
    })
    expect((await users.getUser({ id })).data.handle).toBe(person.handle)
    expect(oauth.session.status).toBe('signed-out')
    await rejected(tracks.favoriteTrack({ trackId: id })).toMatchObject({ code: 'not_authenticated' })
  })
})
