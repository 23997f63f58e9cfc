import { Type } from 'typebox'
import { paging } from './fields.ts'
import { encodeId } from './ids.ts'
import { doingJson, permalinkOf, playlistJson } from './playlist.ts'
import { Activities, PlaylistSchema } from './playlist-schema.ts'
import { there } from './profile.ts'
import { type Resource, resource, value } from './resource.ts'
import { trackJson } from './track.ts'
import { viewerOf } from './track-reads.ts'
import { TrackSchema } from './track-schema.ts'
import { userJson } from './user.ts'
import { UserSchema } from './user-schema.ts'

/** How far back a feed goes, in milliseconds. */
const feedReach = 365 * 86_400_000
/** How many playlists an account names. */
const namedPlaylists = 100

const Feed = Type.Object({
  data: Type.Array(
    Type.Object(
      {
        type: Type.Union([Type.Literal('track'), Type.Literal('playlist')], {
          description: 'What kind of thing it is.',
        }),
        item: Type.Union([TrackSchema, PlaylistSchema], { description: 'The thing itself.' }),
      },
      { title: 'FeedItem', description: 'What somebody whom one follows has published or reposted.' },
    ),
  ),
})

const AccountPlaylistUser = Type.Object(
  {
    id: Type.String({ description: 'The public id.' }),
    handle: Type.String({ description: 'Unique, written after @.' }),
    is_deactivated: Type.Boolean({ description: 'Whether the account is gone.' }),
  },
  { title: 'AccountPlaylistUser', description: 'Its owner.' },
)

const Account = Type.Object(
  {
    user: UserSchema,
    playlists: Type.Array(
      Type.Object(
        {
          id: Type.String({ description: 'The public id.' }),
          is_album: Type.Boolean({ description: 'Whether it is an album.' }),
          name: Type.String({ description: 'The name to show.' }),
          permalink: Type.String({ description: 'Where people find it.' }),
          user: AccountPlaylistUser,
        },
        { title: 'AccountPlaylist', description: 'A playlist of one’s own, or in one’s library.' },
      ),
      { description: 'Those of one’s own and those in one’s library.' },
    ),
    playlist_library: Type.Null(),
    track_save_count: Type.Integer({ minimum: 0, description: 'How many tracks are in the library.' }),
  },
  { title: 'Account', description: 'An account as its owner needs it at a start.' },
)

/** What people do with music, as others see it. */
export const social: readonly Resource[] = [
  resource({
    method: 'GET',
    path: '/v1/users/account/{wallet}',
    name: 'getUserAccount',
    group: 'Users',
    summary: 'The account of whoever is logged in: the profile, playlists, and how much is saved',
    access: 'read',
    answer: Type.Object({ data: Account }),
    async respond({ caller }, { store, issuer }) {
      const user = there(await store.findProfile(caller.user.id))
      const list = { offset: 0, limit: namedPlaylists, userId: user.id, viewerId: user.id }
      const own = await Promise.all([
        store.listPlaylists({ ...list, isAlbum: false }),
        store.listPlaylists({ ...list, isAlbum: true }),
      ])
      const saved = await Promise.all([
        store.listSavedPlaylists({ ...list, isAlbum: false }),
        store.listSavedPlaylists({ ...list, isAlbum: true }),
      ])
      const all = [...own.flat(), ...saved.flat().map(({ playlist }) => playlist)]
      const once = [...new Map(all.map((playlist) => [playlist.id, playlist])).values()]
      const playlists = once.map((playlist) => ({
        id: encodeId(playlist.id),
        is_album: playlist.isAlbum,
        name: playlist.name,
        permalink: permalinkOf(playlist),
        user: { id: encodeId(playlist.user.id), handle: playlist.user.handle, is_deactivated: false },
      }))
      const track_save_count = await store.countFavorites(user.id)
      return value({
        data: { user: userJson(user, issuer), playlists, playlist_library: null, track_save_count },
      })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/users/{id}/feed',
    name: 'getUserFeed',
    group: 'Users',
    summary: 'What those whom one follows have published and reposted, the newest first; one’s own alone',
    access: 'read',
    isOwners: true,
    query: {
      filter: Type.Optional(
        Type.Union([Type.Literal('all'), Type.Literal('original'), Type.Literal('repost')], {
          description: 'all, original or repost',
        }),
      ),
      tracks_only: Type.Optional(
        Type.Boolean({ description: 'true or false: whether playlists are left out' }),
      ),
      ...paging,
    },
    answer: Feed,
    async respond({ path, query }, { store, issuer, clock }) {
      const doings = await store.listFeed({
        userId: path.id,
        filter: query.filter ?? 'all',
        isTracksOnly: query.tracks_only ?? false,
        since: clock() - feedReach,
        offset: query.offset,
        limit: query.limit,
      })
      const data = doings.map((doing) => ({
        type: doing.kind,
        item:
          doing.kind === 'track'
            ? trackJson(doing.track, { viewerId: path.id }, issuer)
            : playlistJson(doing.playlist, issuer),
      }))
      return value({ data })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/users/{id}/reposts',
    name: 'getReposts',
    group: 'Users',
    summary: 'The tracks and playlists that a user has reposted, the last first',
    access: 'anyone',
    query: paging,
    answer: Activities,
    async respond({ caller, path: { id: userId }, query }, { store, issuer }) {
      there(await store.findProfile(userId))
      const viewer = viewerOf(caller)
      const doings = await store.listReposts({ ...query, ...viewer, userId })
      return value({ data: doings.map((doing) => doingJson(doing, viewer.viewerId, issuer)) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/users/handle/{handle}/reposts',
    name: 'getRepostsByHandle',
    group: 'Users',
    summary: 'The same, of the user of a handle',
    access: 'anyone',
    query: paging,
    answer: Activities,
    async respond({ caller, path, query }, { store, issuer }) {
      const { id: userId } = there(await store.findProfileByHandle(path.handle))
      const viewer = viewerOf(caller)
      const doings = await store.listReposts({ ...query, ...viewer, userId })
      return value({ data: doings.map((doing) => doingJson(doing, viewer.viewerId, issuer)) })
    },
  }),
]
