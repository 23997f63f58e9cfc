import { Readable } from 'node:stream'
import { encodeId } from '../../api/ids.ts'
import { there } from '../../api/profile.ts'
import { squareImage, userJson } from '../../api/user.ts'
import type { Favorite, Listening, Playlist, Profile, Store, Track } from '../../store/contract/store.ts'
import type { AccountDeps } from './account-deps.ts'
import { download } from './download.ts'

/** Tracks read at a time: an export of any length holds no more of them. */
export const batch = 100
/** Entries of the audit log in an export: the newest of them. */
const mostActivity = 1000

/** `/account/data/export`: everything about oneself as one JSON file. */
export const dataExport = download('export', async ({ session, cookies }, deps) => {
  const profile = there(await deps.store.findProfile(session.user.id))
  return {
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${profile.handle}.json"`,
    },
    body: Readable.from(written(profile, deps)),
    cookies,
  }
})

/** What an export says of an account beside its music. */
export async function accountFacts(profile: Profile, deps: AccountDeps): Promise<object> {
  const { store, issuer, clock } = deps
  const now = clock()
  const { id, email, emailStatus } = profile
  return {
    exported_at: new Date(now).toISOString(),
    email,
    email_confirmed: emailStatus === 'confirmed',
    profile: userJson(profile, issuer),
    sign_ins: (await store.listSessions(id, now)).map(({ device, network, createdAt, usedAt }) => ({
      ...{ device, network, created_at: iso(createdAt), used_at: iso(usedAt) },
    })),
    passkeys: (await store.listPasskeys(id)).map(({ device, createdAt, usedAt }) => ({
      ...{ device, created_at: iso(createdAt), used_at: usedAt === null ? null : iso(usedAt) },
    })),
    management_tokens: (await store.listManagementTokens(id, now)).map(
      ({ name, createdAt, expiresAt, usedAt }) => ({
        ...{ name, created_at: iso(createdAt), expires_at: iso(expiresAt) },
        used_at: usedAt === null ? null : iso(usedAt),
      }),
    ),
    activity: (
      await store.listAudit({
        ...{ userId: id, apiKey: null, event: null, appsOnly: false, since: 0, after: null },
        limit: mostActivity,
      })
    ).map(({ at, lastAt, event, by, apiKey, appName, detail, network, count }) => ({
      ...{ at: iso(at), last_at: iso(lastAt), event, by, api_key: apiKey, app_name: appName },
      ...{ detail, network, count },
    })),
    connected_apps: (await store.listConnectedApps(id, now)).map((app) => ({
      api_key: app.app?.apiKey ?? null,
      ...{ name: app.name, scope: app.scope, track_count: app.trackCount, saved_count: app.savedCount },
      ...{ created_at: iso(app.createdAt), used_at: iso(app.usedAt) },
    })),
    registered_apps: (await store.listAppsOf(id)).map(
      ({ apiKey, name, logo, facts, redirectUris, createdAt }) => ({
        ...{ api_key: apiKey, name, redirect_uris: redirectUris, created_at: iso(createdAt) },
        ...{
          client_uri: facts.clientUri,
          tos_uri: facts.tosUri,
          policy_uri: facts.policyUri,
          contact: facts.contact,
        },
        logo: logo === null ? null : squareImage(logo, issuer)['1000x1000'],
      }),
    ),
  }
}

async function* written(profile: Profile, deps: AccountDeps): AsyncGenerator<string> {
  const { store, issuer } = deps
  const { id } = profile
  yield JSON.stringify(await accountFacts(profile, deps)).slice(0, -1)
  yield* list(
    'tracks',
    (offset) => ownTracks(id, offset, store),
    (track) => trackJson(track, issuer),
  )
  yield* list(
    'library',
    (offset) => store.listFavorites({ userId: id, viewerId: id, offset, limit: batch }),
    savedJson,
  )
  yield* list('history', (offset) => store.listHistory({ userId: id, offset, limit: batch }), heardJson)
  for (const isAlbum of [false, true])
    yield* list(
      isAlbum ? 'albums' : 'playlists',
      (offset) => store.listPlaylists({ userId: id, viewerId: id, isAlbum, offset, limit: batch }),
      playlistWords,
    )
  yield '}\n'
}

async function* list<T>(
  name: string,
  read: (offset: number) => Promise<readonly T[]>,
  write: (item: T) => object,
): AsyncGenerator<string> {
  yield `,${JSON.stringify(name)}:[`
  for (let offset = 0; ; offset += batch) {
    const some = await read(offset)
    const lines = some.map((item) => JSON.stringify(write(item))).join(',')
    yield offset > 0 && lines !== '' ? `,${lines}` : lines
    if (some.length < batch) break
  }
  yield ']'
}

export const ownTracks = (userId: number, offset: number, store: Store): Promise<readonly Track[]> =>
  store.listTracks({
    userId,
    viewerId: userId,
    query: '',
    sort: 'date',
    direction: 'asc',
    offset,
    limit: batch,
  })

/** A track as an export has it. */
export function trackJson(
  { user: _, isSaved: __, relation: ___, ...track }: Track,
  publicUrl: string,
): object {
  const { trackCid, origFileCid, coverArt } = track
  return {
    ...track,
    createdAt: iso(track.createdAt),
    updatedAt: iso(track.updatedAt),
    audio: `${publicUrl}/content/${trackCid}`,
    original: origFileCid === null ? null : `${publicUrl}/v1/tracks/${encodeId(track.id)}/download`,
    cover: coverArt === null ? null : `${publicUrl}/content/${coverArt}/1000x1000.jpg`,
  }
}

/** A saved track as an export has it. */
export const savedJson = ({ track, savedAt }: Favorite): object => ({
  track_id: track.id,
  title: track.title,
  artist: track.user.handle,
  saved_at: iso(savedAt),
})

/** A track that was listened to as an export has it. */
export const heardJson = ({ track, at }: Listening): object => ({
  track_id: track.id,
  title: track.title,
  artist: track.user.handle,
  listened_at: iso(at),
})

/** A playlist as an export has it. */
export const playlistWords = ({
  name,
  description,
  isAlbum,
  isPrivate,
  entries,
  ...playlist
}: Playlist): object => ({
  ...{ id: playlist.id, public_id: encodeId(playlist.id), name, description },
  ...{ is_album: isAlbum, is_private: isPrivate, upc: playlist.upc },
  release_date: playlist.releaseDate === null ? null : iso(playlist.releaseDate),
  has_cover: playlist.coverArt !== null,
  created_at: iso(playlist.createdAt),
  tracks: entries.map(({ trackId, addedAt }) => ({ track_id: trackId, added_at: iso(addedAt) })),
})

const iso = (at: number): string => new Date(at).toISOString()
