import { decodeId, encodeId } from '../../api/ids.ts'
import { readForm } from '../../http/params.ts'
import type { Playlist } from '../../store/contract/store.ts'
import { pageOf, renderMember } from '../render.ts'
import { memberForm, memberPage } from '../session/member.ts'
import { type PlaylistWords, playlistsPage } from '../views/account/playlists.tsx'
import type { AccountDeps } from './account-deps.ts'
import { done, whatWasDone } from './done.ts'

/** Playlists, and as many albums, on a page. */
const most = 50

/** Titles of a playlist that are shown. */
const mostTitles = 100

/** `GET /account/playlists`: one's own playlists and albums, to be shown, hidden and deleted. */
export const showPlaylists = memberPage<AccountDeps>(async ({ session, csrf, cookies }, request, deps) => {
  const { id } = session.user
  const text = readForm(request.query).get('from') ?? ''
  const offset = /^\d{1,6}$/.test(text) ? Number(text) : 0
  const list = { userId: id, viewerId: id, offset, limit: most + 1 }
  const found = await Promise.all([
    deps.store.listPlaylists({ ...list, isAlbum: false }),
    deps.store.listPlaylists({ ...list, isAlbum: true }),
  ])
  const shown = found.flatMap((some) => some.slice(0, most))
  const playlists = await Promise.all(shown.map((playlist) => words(playlist, id, deps)))
  const page = playlistsPage({
    ...{ page: pageOf(deps), playlists, csrf, done: whatWasDone(request) },
    before: offset > 0 ? Math.max(0, offset - most) : null,
    after: found.some(({ length }) => length > most) ? offset + most : null,
  })
  return renderMember(200, page, cookies)
})

/** `POST /account/playlists/{id}`: shows it to everybody, hides it, or deletes it. */
export const changePlaylist = memberForm<AccountDeps>(
  async ({ session }, form, request, { store, clock }) => {
    const playlistId = decodeId(request.path('id'))
    const change = form.get('change')
    const { id } = session.user
    if (playlistId === undefined) return done('/account/playlists', 'playlist')
    if (change === 'delete') {
      await store.deletePlaylist(playlistId, id, clock())
      return done('/account/playlists', 'playlist_deleted')
    }
    if (change === 'show' || change === 'hide')
      await store.updatePlaylist(playlistId, id, { isPrivate: change === 'hide' }, clock())
    return done('/account/playlists', 'playlist')
  },
)

async function words(
  { id, name, isAlbum, isPrivate, entries }: Playlist,
  viewerId: number,
  { store }: AccountDeps,
): Promise<PlaylistWords> {
  const ids = entries.slice(0, mostTitles).map(({ trackId }) => trackId)
  const titles = new Map((await store.findTracks(ids, { viewerId })).map((track) => [track.id, track.title]))
  return {
    ...{ name, isAlbum, isPrivate },
    id: encodeId(id),
    trackCount: entries.length,
    titles: ids.flatMap((trackId) => titles.get(trackId) ?? []),
  }
}
