import { type Static, type TObject, Type } from 'typebox'
import { FieldError } from '../errors/api.ts'
import { audioFacts } from '../limits.ts'
import type { Instant, NewTrack, TrackChanges } from '../store/contract/store.ts'
import { shownName } from '../uploads/content/filename.ts'
import { cid, flag, line, lines, number, optional, shortText } from './fields.ts'
import { readBody } from './parameters.ts'

/** A day, or a moment of one. */
export const releaseDateField = optional(
  Type.String({
    pattern: String.raw`^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$`,
    description: 'a date, such as 2026-01-31, or an instant in ISO 8601',
  }),
)

const facts = {
  description: optional(lines(2500)),
  mood: optional(shortText(64)),
  tags: optional(shortText(500, 'words with commas between them, ')),
  license: optional(shortText(120)),
  isrc: optional(
    Type.String({
      pattern: '^(?:[A-Za-z]{2}-?[A-Za-z0-9]{3}-?[0-9]{2}-?[0-9]{5})?$',
      description: 'an ISRC, such as US-S1Z-99-00001, with or without its hyphens',
    }),
  ),
  release_date: releaseDateField,
  orig_file_cid: optional(cid('the original of an audio upload')),
  orig_filename: optional(Type.String({ maxLength: 1000, description: 'the name of a file' })),
  cover_art_sizes: optional(cid('an image uploaded with the template img_square')),
  preview_cid: optional(cid('the preview of an audio upload')),
  preview_start_seconds: optional(number(0, 86_400, ' seconds')),
  duration: optional(number(0, 86_400, ' seconds')),
  bpm: optional(number(0, audioFacts.bpm, '')),
  musical_key: optional(shortText(audioFacts.key)),
  is_downloadable: optional(flag('whether anyone may download the original')),
  is_unlisted: optional(flag('whether it is left out of lists; whoever has its id sees it')),
}

const title = line(140)
const genre = line(64)
const trackCid = cid('the audio of a finished upload, 320 in its results')

/** What creates a track. */
export const newTrackBody = { title, genre, track_cid: trackCid, ...facts }

/** What changes one: what is left out stays, and null takes away. */
export const trackChangesBody = {
  title: Type.Optional(title),
  genre: Type.Optional(genre),
  track_cid: Type.Optional(trackCid),
  ...facts,
}

type Facts = Static<TObject<typeof facts>>

type NewFacts = Omit<NewTrack, 'userId' | 'apiKey' | 'now'>

/** A new track in the store's words. */
export const newTrack = (body: Static<TObject<typeof newTrackBody>>): NewFacts => ({
  ...newFacts(body),
  trackCid: body.track_cid,
})

const withoutAudio = { title, genre, ...facts }

/**
 * Reads what is said of a new track whose audio is still to come.
 * @throws FieldError naming every field that is wrong
 */
export const readNewFacts = (body: unknown): Omit<NewFacts, 'trackCid'> =>
  newFacts(readBody(Type.Object(withoutAudio), body))

function newFacts(body: Static<TObject<typeof withoutAudio>>): Omit<NewFacts, 'trackCid'> {
  return {
    title: body.title,
    genre: body.genre,
    mood: null,
    tags: null,
    description: null,
    license: null,
    isrc: null,
    releaseDate: null,
    previewCid: null,
    previewStartSeconds: null,
    origFileCid: null,
    coverArt: null,
    isDownloadable: false,
    isUnlisted: false,
    // What the upload knows is taken away only by saying otherwise, not by null.
    ...factsOf(withoutNull(body)),
  }
}

/** The changes of a track in the store's words. */
export const trackChanges = (body: Static<TObject<typeof trackChangesBody>>): TrackChanges => ({
  ...(body.title !== undefined && { title: body.title }),
  ...(body.genre !== undefined && { genre: body.genre }),
  ...(body.track_cid !== undefined && { trackCid: body.track_cid }),
  ...factsOf(body),
})

/**
 * Reads the changes of a track from what a form sent.
 * @throws FieldError naming every field that is wrong
 */
export const readTrackChanges = (body: unknown): TrackChanges =>
  trackChanges(readBody(Type.Object(trackChangesBody), body))

function factsOf(body: Facts): TrackChanges {
  return {
    ...(body.description !== undefined && { description: body.description || null }),
    ...(body.mood !== undefined && { mood: body.mood || null }),
    ...(body.tags !== undefined && { tags: tagsOf(body.tags) }),
    ...(body.license !== undefined && { license: body.license || null }),
    ...(body.isrc !== undefined && { isrc: body.isrc?.replaceAll('-', '').toUpperCase() || null }),
    ...(body.release_date !== undefined && { releaseDate: releaseDate(body.release_date) }),
    ...(body.orig_file_cid !== undefined && { origFileCid: body.orig_file_cid }),
    ...(body.orig_filename !== undefined && {
      origFilename: body.orig_filename ? shownName(body.orig_filename) : null,
    }),
    ...(body.cover_art_sizes !== undefined && { coverArt: body.cover_art_sizes }),
    ...(body.preview_cid !== undefined && { previewCid: body.preview_cid }),
    ...(body.preview_start_seconds !== undefined && { previewStartSeconds: body.preview_start_seconds }),
    // None is what a sender rounds to that does not know it, or of less than half a second.
    ...(body.duration && { duration: body.duration }),
    ...(body.bpm !== undefined && { bpm: body.bpm }),
    ...(body.musical_key !== undefined && { musicalKey: body.musical_key || null }),
    ...(typeof body.is_downloadable === 'boolean' && { isDownloadable: body.is_downloadable }),
    ...(typeof body.is_unlisted === 'boolean' && { isUnlisted: body.is_unlisted }),
  }
}

/** Tags as one writes them: without the `#`, without blanks around them, each once. */
function tagsOf(text: string | null): string | null {
  const tags = (text ?? '').split(/,|\s+(?=#)/).map((tag) => tag.trim().replace(/^#+\s*/, ''))
  const once = new Map(tags.filter(Boolean).map((tag) => [tag.toLowerCase(), tag]))
  return [...once.values()].join(',') || null
}

const firstDay = Date.parse('0001-01-01')
const afterLastDay = Date.parse('+010000-01-01')

/** The moment that a date names. @throws FieldError for one that no year has */
export function releaseDate(text: string | null): Instant | null {
  if (text === null) return null
  const instant = Date.parse(text)
  const day = text.slice(0, 10)
  // A day that its month has not is the first of the next one to `Date.parse`.
  // In ISO 8601 a year of more than four digits has a sign, which RFC 3339 does not know.
  const isOfYear = instant >= firstDay && instant < afterLastDay
  if (!isOfYear || new Date(`${day}T00:00Z`).toISOString().slice(0, 10) !== day)
    throw new FieldError([{ field: 'release_date', message: 'release_date is no day of any year.' }])
  return instant
}

const withoutNull = (body: Facts): Facts =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
