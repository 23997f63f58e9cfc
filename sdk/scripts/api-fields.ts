import type { ApiDocument, Schema } from './api-document.ts'

/** A field of an answer: its type in TypeScript, and the kind by which `sdk/src/api/answers.ts` reads it. */
export interface Field {
  readonly name: string
  readonly type: string
  readonly kind: string
  /** Whether it is always there once it was read. */
  readonly isThere: boolean
  readonly words: string
}

/** What no server leaves out, the hosted one included: an answer without it is refused. All else may be missing. */
const needed: Readonly<Record<string, readonly string[]>> = {
  User: ['id', 'handle', 'name'],
  Track: ['id', 'title', 'genre', 'permalink', 'user', 'user_id', 'created_at', 'updated_at'],
  Media: ['url'],
  Loudness: ['integrated'],
  Waveform: ['duration', 'peaks'],
  Playlist: ['id', 'playlist_name', 'permalink', 'user', 'user_id', 'created_at', 'updated_at'],
  PlaylistEntry: ['track_id', 'timestamp'],
  SavedPlaylist: ['timestamp', 'item_type', 'item'],
  Activity: ['timestamp', 'item_type', 'item'],
  FeedItem: ['type', 'item'],
  Comment: ['id', 'entity_id', 'message', 'created_at'],
  Account: ['user'],
  AccountPlaylist: ['id', 'name', 'permalink'],
  AccountPlaylistUser: ['id', 'handle'],
  Access: [],
  RemixOf: [],
  FieldVisibility: [],
  SearchResults: [],
  Favorite: ['favorite_item_id', 'favorite_type', 'user_id', 'created_at'],
  LibraryItem: ['timestamp', 'item_type', 'item'],
  HistoryItem: ['timestamp', 'item_type', 'item'],
  DeveloperApp: ['address', 'name'],
  AuthorizedApp: ['address', 'name'],
}

/** The schemas that answers are read by. */
export const answers: readonly string[] = Object.keys(needed)

/** What `@audius/sdk` takes and answers as a `Date`. */
export const dates: readonly string[] = ['release_date']

/** Kinds of which a missing one is 0, false, true or empty. */
const withDefault: readonly string[] = ['count', 'flag', 'yes', 'texts', 'numbers', 'list']

const isNull = ({ type }: Schema) => type === 'null'

const titleOf = ({ $ref }: Schema): string => $ref?.split('/').at(-1) ?? ''

/** A name of the wire as the SDK has it. */
export const camelCase = (name: string): string =>
  name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** The fields of a schema, but for those that are always null: of these nothing is known. */
export function fieldsOf(
  title: string,
  { properties = {} }: Schema,
  schemas: ApiDocument['components']['schemas'],
): readonly Field[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (isNull(schema)) return []
    const isNeeded = needed[title]?.includes(name) ?? false
    const [type, kind] = typeAndKind(name, schema, isNeeded)
    return [
      {
        name: camelCase(name),
        type,
        kind: isNeeded ? `${kind}!` : kind,
        isThere: isNeeded || withDefault.includes(kind) || kind.endsWith('[]'),
        words: wordsOf(schemas[titleOf(schema)] ?? schema, isNeeded),
      },
    ]
  })
}

function wordsOf({ const: only, description = '' }: Schema, isNeeded: boolean): string {
  if (description !== '' || only === undefined || isNeeded) return description
  return `Always \`${JSON.stringify(only)}\` at this project’s server.`
}

function typeAndKind(name: string, schema: Schema, isNeeded: boolean): readonly [type: string, kind: string] {
  const { type, const: only, $ref, items, anyOf } = schema
  const isId = name.endsWith('_id')
  if (dates.includes(name)) return ['Date', 'date']
  if (anyOf) {
    const options = anyOf.filter((option) => !isNull(option))
    const [one = {}] = options
    if (options.length > 1 && one.$ref) return eitherOf(options)
    if (options.length > 1) return literals(options)
    const [inner, kind] = typeAndKind(name, one, isNeeded)
    return [inner, kind === 'count' ? 'number' : kind]
  }
  if ($ref) return reference(titleOf(schema))
  if (type === 'boolean') return ['boolean', only === true ? 'yes' : 'flag']
  if (type === 'number' || type === 'integer') return ['number', isId ? 'number' : 'count']
  if (type === 'array' && items?.$ref) {
    const title = titleOf(items)
    return [`readonly ${title}[]`, `${title}[]`]
  }
  if (type === 'array' && items?.type === 'number') return ['readonly number[]', 'numbers']
  if (type === 'array')
    return items?.type === 'string' ? ['readonly string[]', 'texts'] : ['readonly unknown[]', 'list']
  if (name === 'item_type' || name === 'entity_type') return literals([schema])
  if (type === 'string') return ['string', 'text']
  throw new Error(`The SDK has no type for ${JSON.stringify(schema)}.`)
}

function reference(title: string): readonly [type: string, kind: string] {
  if (title === 'SquareImage') return ["Image<'150x150' | '480x480' | '1000x1000'>", 'image']
  if (title === 'Backdrop') return ["Image<'640x' | '2000x'>", 'image']
  return [title, title]
}

/** One of some answers: the first that it is. */
function eitherOf(schemas: readonly Schema[]): readonly [type: string, kind: string] {
  const titles = schemas.map(titleOf)
  return [titles.join(' | '), titles.join('|')]
}

/** One of some texts: the kind is spelled as the type is. */
function literals(schemas: readonly Schema[]): readonly [type: string, kind: string] {
  const type = schemas.map((schema) => `'${schema.const}'`).join(' | ')
  return [type, type]
}
