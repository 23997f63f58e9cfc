import type { Operation, Parameter, Schema } from './api-document.ts'
import { camelCase, dates } from './api-fields.ts'

/** The calls that the SDK makes. */
const calls: readonly string[] = [
  'getUser',
  'getUserByHandle',
  'searchUsers',
  'getTracksByUser',
  'getFavorites',
  'getLibraryTracks',
  'getAuthorizedApps',
  'getDeveloperApps',
  'updateUser',
  'getTrack',
  'getBulkTracks',
  'searchTracks',
  'createTrack',
  'updateTrack',
  'deleteTrack',
  'favoriteTrack',
  'unfavoriteTrack',
  'streamTrack',
  'downloadTrack',
  'getTrackWaveform',
  'repostTrack',
  'unrepostTrack',
  'getUsersFromReposts',
  'getUsersFromFavorites',
  'getTrendingTracks',
  'getTrackComments',
  'getBulkUsers',
  'getUserAccount',
  'followUser',
  'unfollowUser',
  'getFollowers',
  'getFollowing',
  'getMutualFollowers',
  'getRelatedUsers',
  'getUserFeed',
  'getReposts',
  'getUsersTrackHistory',
  'getRepostsByHandle',
  'getUserComments',
  'getTracksByUserHandle',
  'getPlaylistsByUser',
  'getAlbumsByUser',
  'getUserLibraryPlaylists',
  'getUserLibraryAlbums',
  'createPlaylist',
  'updatePlaylist',
  'deletePlaylist',
  'getPlaylist',
  'getBulkPlaylists',
  'getPlaylistTracks',
  'searchPlaylists',
  'getTrendingPlaylists',
  'repostPlaylist',
  'unrepostPlaylist',
  'favoritePlaylist',
  'unfavoritePlaylist',
  'getUsersFromPlaylistReposts',
  'getUsersFromPlaylistFavorites',
  'createComment',
  'updateComment',
  'deleteComment',
  'getComment',
  'getCommentReplies',
  'reactToComment',
  'unreactToComment',
  'search',
  'searchAutocomplete',
  'resolve',
]

/** Names that `@audius/sdk` has for a call where the document has another. */
const names: Readonly<Record<string, string>> = { getLibraryTracks: 'getUserLibraryTracks' }

/** Parameters that the SDK fills in itself. */
const own: readonly string[] = ['app_name', 'api_key', 'no_redirect', 'Idempotency-Key']

/** The requests of the SDK's calls: path, query and `metadata` in one object, named as `@audius/sdk` names them. */
export function requestsOf(path: string, operation: Operation): string {
  const { operationId, parameters, requestBody } = operation
  if (!calls.includes(operationId)) return ''
  const name = names[operationId] ?? operationId
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const body = requestBody?.content['application/json'].schema
  const fields = parameters
    .filter((parameter) => !own.includes(parameter.name))
    .map((parameter) => parameterLine(path, parameter))
  const metadata = body ? [`/** What it is to be. */\nreadonly metadata: ${title}RequestBody`] : []
  const request = `/** What \`${name}()\` takes. */
export interface ${title}Request {
${[...fields, ...metadata].join('\n')}
}`
  return body ? `${bodyOf(name, title, body)}\n\n${request}\n\n` : `${request}\n\n`
}

/** What the id of a path is called, by what stands before it. */
const idNames: Readonly<Record<string, string>> = {
  tracks: 'trackId',
  playlists: 'playlistId',
  comments: 'commentId',
}

function parameterLine(path: string, { name, in: place, required, description = '', schema }: Parameter) {
  const ofPath = place === 'path' && name === 'id' ? idNames[path.split('/')[2] ?? ''] : undefined
  const isActing = name === 'user_id'
  const words = isActing ? 'the logged-in user’s id, where a server asks for it' : description
  return line(ofPath ?? camelCase(name), typeOf(schema), required === true, words)
}

function bodyOf(name: string, title: string, { properties = {}, required = [] }: Schema): string {
  const lines = Object.entries(properties).map(([field, schema]) => {
    const type = dates.includes(field) ? `Date | ${typeOf(schema)}` : typeOf(schema)
    return line(camelCase(field), type, required.includes(field), schema.description ?? '')
  })
  return `/** The \`metadata\` of \`${name}()\`. */
export interface ${title}RequestBody {
${lines.join('\n')}
}`
}

/** A field as `requestsOf` writes it; its words begin with a capital and end with a full stop. */
function line(name: string, type: string, isRequired: boolean, words: string): string {
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.$/, '')}.`
  return `/** ${sentence} */
readonly ${name}${isRequired ? '' : '?'}: ${type}${isRequired ? '' : ' | undefined'}`
}

function typeOf({ type, const: only, anyOf, items, properties, required = [] }: Schema): string {
  if (anyOf) return anyOf.map(typeOf).join(' | ')
  if (only !== undefined) return `'${only}'`
  if (type === 'integer') return 'number'
  if (type === 'array' && items) return `readonly ${typeOf(items)}[]`
  if (type === 'object' && properties) {
    const members = Object.entries(properties).map(([name, schema]) => {
      const mark = required.includes(name) ? '' : '?'
      return `/** ${schema.description ?? ''} */\nreadonly ${camelCase(name)}${mark}: ${typeOf(schema)}`
    })
    return `{\n${members.join('\n')}\n}`
  }
  if (type === 'string' || type === 'number' || type === 'boolean' || type === 'null') return type
  throw new Error(`The SDK has no type for ${type}.`)
}
