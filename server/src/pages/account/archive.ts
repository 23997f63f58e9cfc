import { Readable } from 'node:stream'
import { encodeId } from '../../api/ids.ts'
import { there } from '../../api/profile.ts'
import { archiveFormat } from '../../archive/archive.ts'
import { type TarEntry, tar } from '../../archive/write-tar.ts'
import type { Profile, Track } from '../../store/contract/store.ts'
import { filenameFor } from '../../uploads/content/filename.ts'
import type { AccountDeps } from './account-deps.ts'
import { download } from './download.ts'
import { accountFacts, batch, heardJson, ownTracks, playlistWords, savedJson, trackJson } from './export.ts'

/** `/account/data/archive`: everything about oneself, audio and pictures among it, as one tar archive. */
export const archiveExport = download('archive', async ({ session, cookies }, deps) => {
  const profile = there(await deps.store.findProfile(session.user.id))
  return {
    status: 200,
    headers: {
      'content-type': 'application/x-tar',
      'content-disposition': `attachment; filename="${profile.handle}.tar"`,
    },
    body: Readable.from(tar(entries(profile, deps), deps.clock())),
    cookies,
  }
})

async function* entries(profile: Profile, deps: AccountDeps): AsyncGenerator<TarEntry> {
  const { store, issuer } = deps
  const { id, profilePicture, coverPhoto } = profile
  const list = (offset: number) => ({ userId: id, viewerId: id, offset, limit: batch })
  yield json('account.json', {
    ...{ format: archiveFormat, server: issuer },
    ...(await accountFacts(profile, deps)),
  })
  yield* picture(profilePicture, '1000x1000.jpg', 'pictures/profile.jpg', deps)
  yield* picture(coverPhoto, '2000x.jpg', 'pictures/banner.jpg', deps)
  yield* lists('library', (offset) => store.listFavorites(list(offset)), savedJson)
  yield* lists('history', (offset) => store.listHistory({ userId: id, offset, limit: batch }), heardJson)
  for (const isAlbum of [false, true]) {
    const some = (offset: number) => store.listPlaylists({ ...list(offset), isAlbum })
    yield* lists(isAlbum ? 'albums' : 'playlists', some, playlistWords)
    for (let offset = 0; ; offset += batch) {
      const playlists = await some(offset)
      for (const { id, coverArt } of playlists)
        yield* picture(coverArt, '1000x1000.jpg', `pictures/playlist-${encodeId(id)}.jpg`, deps)
      if (playlists.length < batch) break
    }
  }
  for (let offset = 0; ; offset += batch) {
    const tracks = await ownTracks(id, offset, store)
    for (const track of tracks) yield* filesOf(track, deps)
    if (tracks.length > 0)
      yield json(
        nameOf('tracks', offset),
        // Its files are named by the public id.
        tracks.map((track) => ({ public_id: encodeId(track.id), ...trackJson(track, issuer) })),
      )
    if (tracks.length < batch) return
  }
}

/** A list in files of a hundred each, so that none is held as a whole. */
async function* lists<T>(
  name: string,
  read: (offset: number) => Promise<readonly T[]>,
  write: (item: T) => object,
): AsyncGenerator<TarEntry> {
  for (let offset = 0; ; offset += batch) {
    const some = await read(offset)
    if (some.length > 0) yield json(nameOf(name, offset), some.map(write))
    if (some.length < batch) return
  }
}

const nameOf = (name: string, offset: number): string =>
  `${name}/${String(offset / batch + 1).padStart(4, '0')}.json`

/** The audio as it was uploaded, or as it is played where that was not kept, and the cover. */
async function* filesOf(track: Track, deps: AccountDeps): AsyncGenerator<TarEntry> {
  const { store, content } = deps
  const id = encodeId(track.id)
  for (const cid of [track.origFileCid, track.trackCid]) {
    const file = cid === null ? undefined : await store.findClaimed(cid)
    const size = cid === null || file === undefined ? undefined : await content.size(cid, 'audio')
    if (cid === null || file === undefined || size === undefined) continue
    yield {
      path: filenameFor(file.type, `audio/${id}`),
      size,
      bytes: size === 0 ? new Uint8Array() : content.read(cid, 'audio', 0, size - 1),
    }
    break
  }
  yield* picture(track.coverArt, '1000x1000.jpg', `pictures/${id}.jpg`, deps)
}

async function* picture(
  cid: string | null,
  name: '1000x1000.jpg' | '2000x.jpg',
  path: string,
  { content, samples }: AccountDeps,
): AsyncGenerator<TarEntry> {
  for (const from of cid === null ? [] : [samples, content]) {
    const size = cid === null ? undefined : await from.size(cid, name)
    if (cid === null || size === undefined || size === 0) continue
    yield { path, size, bytes: from.read(cid, name, 0, size - 1) }
    return
  }
}

function json(path: string, value: object): TarEntry {
  const bytes = Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
  return { path, size: bytes.length, bytes }
}
