import { decodeId, encodeId } from '../../api/ids.ts'
import { contentUrl, iso } from '../../api/track.ts'
import { readTrackChanges } from '../../api/track-body.ts'
import { squareImage } from '../../api/user.ts'
import { FieldError } from '../../errors/api.ts'
import { route } from '../../errors/oauth.ts'
import type { Reply, Request } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import type { Track } from '../../store/contract/store.ts'
import { pageOf, renderMember } from '../render.ts'
import { type Member, memberForm, memberPage } from '../session/member.ts'
import type { TrackWords } from '../views/account/music-list.tsx'
import { type TrackMistakes, type TrackValues, trackPage } from '../views/account/track.tsx'
import { libraryPage, tracksPage } from '../views/account/tracks.tsx'
import type { AccountDeps } from './account-deps.ts'
import { done, whatWasDone } from './done.ts'

/** Tracks on a page. */
const most = 20

/** `GET /account/tracks`: what one has published, to play, change and take back. */
export const showTracks = memberPage<AccountDeps>(async ({ session, cookies }, request, deps) => {
  const { id } = session.user
  const offset = offsetOf(request)
  const found = await deps.store.listTracks({
    ...{ userId: id, viewerId: id, query: '', sort: 'date', direction: 'desc' },
    ...{ offset, limit: most + 1 },
  })
  const tracks = found.slice(0, most).map((track) => words(track, deps))
  const page = tracksPage({
    ...{ page: pageOf(deps), tracks, done: whatWasDone(request) },
    ...beside(offset, found.length > most),
  })
  return renderMember(200, page, cookies)
})

/** `GET /account/library`: what one has saved, to play and take out. */
export const showLibrary = memberPage<AccountDeps>(async ({ session, csrf, cookies }, request, deps) => {
  const { id } = session.user
  const offset = offsetOf(request)
  const found = await deps.store.listFavorites({ userId: id, viewerId: id, offset, limit: most + 1 })
  const tracks = found.slice(0, most).map(({ track }) => words(track, deps))
  const page = libraryPage({
    ...{ page: pageOf(deps), tracks, csrf, done: whatWasDone(request) },
    ...beside(offset, found.length > most),
  })
  return renderMember(200, page, cookies)
})

/** `POST /account/library/remove`: takes a track out of one's library. */
export const removeFromLibrary = memberForm<AccountDeps>(async ({ session }, form, _request, { store }) => {
  const trackId = decodeId(form.get('track') ?? '')
  if (trackId !== undefined) await store.unsaveTrack(session.user.id, trackId)
  return done('/account/library', 'unsaved')
})

/** `GET /account/tracks/{id}`: one track, to be changed. */
export const showTrack = memberPage<AccountDeps>(async (member, request, deps) => {
  const track = await own(member, request, deps)
  return trackForm(200, member, track, valuesOf(track), {}, deps)
})

/** `POST /account/tracks/{id}`: changes it by the rules of the API. */
export const saveTrack = memberForm<AccountDeps>(async (member, form, request, deps) => {
  const track = await own(member, request, deps)
  const typed: TrackValues = {
    title: form.get('title') ?? '',
    genre: form.get('genre') ?? '',
    tags: form.get('tags') ?? '',
    description: form.get('description') ?? '',
    isUnlisted: form.get('is_unlisted') !== undefined,
  }
  try {
    const changes = readTrackChanges({
      title: typed.title.trim(),
      genre: typed.genre.trim(),
      tags: typed.tags.trim(),
      description: typed.description,
      is_unlisted: typed.isUnlisted,
    })
    const { outcome } = await deps.store.updateTrack(track.id, member.session.user.id, changes, deps.clock())
    if (outcome !== 'changed') throw route.notFound()
    return done('/account/tracks', 'track')
  } catch (error) {
    if (!(error instanceof FieldError)) throw error
    const mistakes = Object.fromEntries(error.faults.map(({ field, message }) => [field, message]))
    return trackForm(422, member, track, typed, mistakes, deps)
  }
})

/** `POST /account/tracks/{id}/delete`: takes it back for good. */
export const deleteTrack = memberForm<AccountDeps>(async ({ session }, _form, request, { store, clock }) => {
  const trackId = decodeId(request.path('id'))
  if (trackId !== undefined) await store.deleteTrack(trackId, session.user.id, clock())
  return done('/account/tracks', 'unpublished')
})

const valuesOf = ({ title, genre, tags, description, isUnlisted }: Track): TrackValues => ({
  ...{ title, genre, isUnlisted },
  tags: tags ?? '',
  description: description ?? '',
})

function trackForm(
  status: number,
  { csrf, cookies }: Member,
  track: Track,
  typed: TrackValues,
  mistakes: TrackMistakes,
  deps: AccountDeps,
): Reply {
  const page = trackPage({ page: pageOf(deps), track: words(track, deps), typed, mistakes, csrf })
  return renderMember(status, page, cookies)
}

/** A track of one's own that is there. @throws OAuthError 404 */
async function own({ session }: Member, request: Request, { store }: AccountDeps): Promise<Track> {
  const { id: viewerId } = session.user
  const trackId = decodeId(request.path('id'))
  const track = trackId === undefined ? undefined : await store.findTrack(trackId, { viewerId })
  if (track?.user.id !== viewerId) throw route.notFound()
  return track
}

function words(track: Track, { issuer }: AccountDeps): TrackWords {
  const { title, duration, isUnlisted, coverArt } = track
  return {
    ...{ title, duration, isUnlisted },
    id: encodeId(track.id),
    artist: track.user.name,
    cover: coverArt === null ? null : squareImage(coverArt, issuer)['150x150'],
    audio: contentUrl(track.trackCid, issuer),
    publishedOn: iso(track.createdAt).slice(0, 10),
    favoriteCount: track.favoriteCount,
    repostCount: track.repostCount,
    commentCount: track.commentCount,
  }
}

function offsetOf(request: Request): number {
  const text = readForm(request.query).get('from') ?? ''
  return /^\d{1,6}$/.test(text) ? Number(text) : 0
}

/** Where the pages before and after this one begin. */
const beside = (offset: number, hasMore: boolean) => ({
  before: offset > 0 ? Math.max(0, offset - most) : null,
  after: hasMore ? offset + most : null,
})
