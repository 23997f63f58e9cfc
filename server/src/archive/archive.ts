import type { FileHandle } from 'node:fs/promises'
import { Type } from 'typebox'
import { readProfile } from '../api/profile.ts'
import { brokenArchive } from '../errors/archive.ts'
import type { Instant } from '../store/contract/store.ts'
import { Id, judged, Maybe, Moment, momentOf, readPart } from './parts.ts'
import { type ArchivedPlaylist, readPlaylist } from './playlists.ts'
import { bytesAt, readTar, type TarFile } from './read-tar.ts'
import { type ArchivedTrack, readTrack } from './tracks.ts'

/** What an archive is of: written by an export, and asked for by an import. */
export const archiveFormat = 1

/** How much one archive may hold. */
const most = { tracks: 2000, playlists: 1000, saved: 50_000, jsonBytes: 8 * 1024 * 1024 } as const

/** What an archive holds, judged by the rules of the API. */
export interface Archive {
  /** The address of the server that it is of. */
  readonly server: string
  readonly profile: Pick<ReturnType<typeof readProfile>, 'bio' | 'location' | 'website'>
  readonly picture: TarFile | null
  readonly banner: TarFile | null
  readonly tracks: readonly ArchivedTrack[]
  readonly playlists: readonly ArchivedPlaylist[]
  readonly saved: readonly { readonly trackId: number; readonly at: Instant }[]
}

const Account = {
  format: Type.Literal(archiveFormat),
  server: Type.String({ pattern: String.raw`^https?://[^\s/]+$`, maxLength: 300, description: 'an origin' }),
  profile: Type.Object({
    bio: Maybe,
    location: Maybe,
    website: Maybe,
    profile_picture_sizes: Maybe,
    cover_photo_sizes: Maybe,
  }),
}
const SavedWords = { track_id: Id, saved_at: Moment }

/**
 * Reads what an archive holds, all but audio and pictures, and looks whether these are there.
 * @throws BrokenArchive
 */
export async function readArchive(file: FileHandle, now: Instant): Promise<Archive> {
  const files = await readTar(file)
  const audio = soundsOf(files)
  const account = await json(file, files, 'account.json')
  const { format } = Object(account)
  if (format !== archiveFormat) throw brokenArchive.otherFormat()
  const { server, profile } = readPart('account.json', Account, account)
  const pictureOf = (path: string, cid: string | null) => (cid === null ? null : (files.get(path) ?? null))
  const part = (name: string) => list(file, files, name)
  return {
    server,
    profile: judged('account.json', () =>
      readProfile({ bio: profile.bio, location: profile.location, website: profile.website }),
    ),
    picture: pictureOf('pictures/profile.jpg', profile.profile_picture_sizes),
    banner: pictureOf('pictures/banner.jpg', profile.cover_photo_sizes),
    tracks: bounded('tracks', await part('tracks')).map(({ where, value }) =>
      readTrack(where, value, { files, audio }, now),
    ),
    playlists: bounded('playlists', [...(await part('playlists')), ...(await part('albums'))]).map(
      ({ where, value }) => readPlaylist(where, value, files, now),
    ),
    saved: bounded('saved', await part('library')).map(({ where, value }) => {
      const { track_id, saved_at } = readPart(where, SavedWords, value)
      return { trackId: track_id, at: momentOf(saved_at, now) }
    }),
  }
}

const soundsOf = (files: ReadonlyMap<string, TarFile>): ReadonlyMap<string, TarFile> =>
  new Map(
    [...files.values()].flatMap((file) => {
      const [, id] = /^audio\/([^./]+)\.[^/]+$/.exec(file.path) ?? []
      return id === undefined ? [] : [[id, file] as const]
    }),
  )

interface Item {
  readonly where: string
  readonly value: unknown
}

/** The items of all files of a list, which are numbered from 1. */
async function list(
  file: FileHandle,
  files: ReadonlyMap<string, TarFile>,
  name: string,
): Promise<readonly Item[]> {
  const count = [...files.keys()].filter((path) => path.startsWith(`${name}/`)).length
  const items: Item[] = []
  for (let number = 1; number <= count; number += 1) {
    const path = `${name}/${String(number).padStart(4, '0')}.json`
    const some = await json(file, files, path)
    if (!Array.isArray(some)) throw brokenArchive.wrong(path, 'it holds no list.')
    for (const [index, value] of some.entries()) items.push({ where: `${path}, ${index + 1}`, value })
  }
  return items
}

function bounded(what: 'tracks' | 'playlists' | 'saved', items: readonly Item[]): readonly Item[] {
  if (items.length > most[what])
    throw brokenArchive.tooMany(what === 'saved' ? 'saved tracks' : what, most[what])
  return items
}

async function json(file: FileHandle, files: ReadonlyMap<string, TarFile>, path: string): Promise<unknown> {
  const found = files.get(path)
  if (found === undefined) throw brokenArchive.missing(path)
  if (found.size > most.jsonBytes) throw brokenArchive.tooLarge(path, '8 MB')
  const bytes = await bytesAt(file, found.offset, found.size)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw brokenArchive.notJson(path)
  }
}
