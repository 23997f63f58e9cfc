import { refused } from '../errors/api.ts'
import type { Mark } from '../store/contract/store.ts'
import { paging } from './fields.ts'
import { Marked, marked } from './marked.ts'
import { type ApiDeps, type Resource, resource, value } from './resource.ts'
import { existing, viewerOf } from './track-reads.ts'
import { usersJson } from './user.ts'
import { Users } from './users.ts'

type Marks = {
  readonly mark: Mark
  readonly path: '/v1/tracks/{id}/reposts' | '/v1/playlists/{id}/reposts' | '/v1/playlists/{id}/favorites'
  readonly names: readonly [mark: string, unmark: string, list: string]
  readonly words: readonly [mark: string, unmark: string, list: string]
}

const marks: readonly Marks[] = [
  {
    mark: 'track-repost',
    path: '/v1/tracks/{id}/reposts',
    names: ['repostTrack', 'unrepostTrack', 'getUsersFromReposts'],
    words: ['Reposts a track', 'Takes back the repost of a track', 'Who has reposted a track'],
  },
  {
    mark: 'playlist-repost',
    path: '/v1/playlists/{id}/reposts',
    names: ['repostPlaylist', 'unrepostPlaylist', 'getUsersFromPlaylistReposts'],
    words: ['Reposts a playlist', 'Takes back the repost of a playlist', 'Who has reposted a playlist'],
  },
  {
    mark: 'playlist-favorite',
    path: '/v1/playlists/{id}/favorites',
    names: ['favoritePlaylist', 'unfavoritePlaylist', 'getUsersFromPlaylistFavorites'],
    words: [
      'Saves a playlist to one’s own library',
      'Takes a playlist out of one’s own library',
      'Who has saved a playlist',
    ],
  },
]

const kindOf = ({ mark }: Marks) => (mark === 'track-repost' ? 'track' : 'playlist')

async function checkThere(of: Marks, id: number, { store }: ApiDeps): Promise<void> {
  const viewer = viewerOf(null)
  if (kindOf(of) === 'track') await existing(id, viewer, store)
  else if ((await store.findPlaylist(id, viewer)) === undefined) throw refused.noSuch('playlist')
}

/** Reposting, saving playlists, and who did. */
export const reposts: readonly Resource[] = [
  ...marks.flatMap((of) => [
    resource({
      method: 'POST',
      path: of.path,
      name: of.names[0],
      group: kindOf(of) === 'track' ? 'Tracks' : 'Playlists',
      summary: `${of.words[0]}, once however often it is asked`,
      access: 'write',
      answer: Marked,
      async respond({ caller, path }, { store, clock }) {
        if (!(await store.mark(of.mark, caller.user.id, path.id, caller.apiKey, clock())))
          throw refused.noSuch(kindOf(of))
        return marked(path.id)
      },
    }),
    resource({
      method: 'DELETE',
      path: of.path,
      name: of.names[1],
      group: kindOf(of) === 'track' ? 'Tracks' : 'Playlists',
      summary: `${of.words[1]}, if it is there`,
      access: 'write',
      answer: Marked,
      async respond({ caller, path }, { store }) {
        await store.unmark(of.mark, caller.user.id, path.id)
        return marked(path.id)
      },
    }),
    resource({
      method: 'GET',
      path: of.path,
      name: of.names[2],
      group: kindOf(of) === 'track' ? 'Tracks' : 'Playlists',
      summary: `${of.words[2]}, the last first`,
      access: 'anyone',
      query: paging,
      answer: Users,
      async respond({ caller, path, query }, deps) {
        await checkThere(of, path.id, deps)
        const found = await deps.store.listMarking(of.mark, { ...query, id: path.id })
        return value({ data: await usersJson(found, caller, deps) })
      },
    }),
  ]),
  resource({
    method: 'GET',
    path: '/v1/tracks/{id}/favorites',
    name: 'getUsersFromFavorites',
    group: 'Tracks',
    summary: 'Who has saved a track, the last first',
    access: 'anyone',
    query: paging,
    answer: Users,
    async respond({ caller, path, query }, deps) {
      await existing(path.id, viewerOf(null), deps.store)
      const found = await deps.store.listMarking('track-favorite', { ...query, id: path.id })
      return value({ data: await usersJson(found, caller, deps) })
    },
  }),
]
