import { Type } from 'typebox'
import { readNewFacts } from '../api/track-body.ts'
import { brokenArchive } from '../errors/archive.ts'
import type { Instant } from '../store/contract/store.ts'
import { Id, judged, Maybe, Moment, momentOf, PublicId, readPart } from './parts.ts'
import type { TarFile } from './read-tar.ts'

type NewFacts = ReturnType<typeof readNewFacts>

/** The files of an archive. */
export interface ArchiveFiles {
  /** By their paths. */
  readonly files: ReadonlyMap<string, TarFile>
  /** Of `audio/`, by the public ids that they are named by. */
  readonly audio: ReadonlyMap<string, TarFile>
}

export interface ArchivedTrack {
  readonly sourceId: number
  readonly facts: NewFacts
  readonly slug: string | undefined
  readonly createdAt: Instant
  readonly hasOriginal: boolean
  readonly hasPreview: boolean
  readonly audio: TarFile
  readonly cover: TarFile | null
}

const TrackWords = {
  id: Id,
  public_id: PublicId,
  slug: Type.String(),
  createdAt: Moment,
  releaseDate: Type.Union([Type.Integer({ minimum: -1e14, maximum: 1e14 }), Type.Null()]),
  origFileCid: Maybe,
  previewCid: Maybe,
  coverArt: Maybe,
}
/** Reads a track. @throws BrokenArchive */
export function readTrack(
  where: string,
  value: unknown,
  { files, audio: sounds }: ArchiveFiles,
  now: Instant,
): ArchivedTrack {
  const words = readPart(where, TrackWords, value)
  const said = Object(value)
  const facts = judged(where, () =>
    readNewFacts({
      title: said.title,
      genre: said.genre,
      mood: said.mood,
      tags: said.tags,
      description: said.description,
      license: said.license,
      isrc: said.isrc,
      release_date: words.releaseDate === null ? null : new Date(words.releaseDate).toISOString(),
      orig_filename: said.origFilename,
      preview_start_seconds: said.previewStartSeconds,
      bpm: said.bpm,
      musical_key: said.musicalKey,
      is_downloadable: said.isDownloadable,
      is_unlisted: said.isUnlisted,
    }),
  )
  const id = words.public_id
  const audio = sounds.get(id)
  if (audio === undefined || audio.size === 0) throw brokenArchive.noAudio(facts.title)
  const cover = files.get(`pictures/${id}.jpg`) ?? null
  if (words.coverArt !== null && cover === null) throw brokenArchive.noCover(facts.title)
  return {
    sourceId: words.id,
    facts,
    slug: /^[\p{L}\p{N}\p{M}-]{1,150}$/u.test(words.slug) ? words.slug : undefined,
    createdAt: momentOf(words.createdAt, now),
    hasOriginal: words.origFileCid !== null,
    hasPreview: words.previewCid !== null,
    audio,
    cover: words.coverArt === null ? null : cover,
  }
}
