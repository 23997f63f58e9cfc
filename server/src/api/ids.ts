import Hashids from 'hashids'
import { parseApiKey } from '../apps/api-key.ts'
import { FieldError } from '../errors/api.ts'
import { route } from '../errors/oauth.ts'

const hashids = new Hashids('azowernasdfoia', 5)

const mostEncoded = 10_000
const encoded = new Map<number, string>()

/** The public form of an integer id. */
export function encodeId(id: number): string {
  const known = encoded.get(id)
  if (known !== undefined) return known
  if (encoded.size >= mostEncoded) encoded.clear()
  const text = hashids.encode(id)
  encoded.set(id, text)
  return text
}

/** The integer behind a public id; `undefined` when it is not exactly one. */
export function decodeId(text: string): number | undefined {
  if (!/^[A-Za-z0-9]{5,20}$/.test(text)) return undefined
  const [id, ...others] = hashids.decode(text)
  return typeof id === 'number' && others.length === 0 ? id : undefined
}

/**
 * Reads a public id.
 * @param name of the parameter it was sent as
 * @throws FieldError naming it
 */
export function readId(text: string, name: string): number {
  const id = decodeId(text)
  if (id === undefined) throw new FieldError([{ field: name, message: `${name} is not a valid id.` }])
  return id
}

/**
 * Reads a list of public ids.
 * @param name of the parameter that they were sent as
 * @throws FieldError naming each that is none
 */
export function readIds(texts: readonly string[], name: string): readonly number[] {
  const ids = texts.map(decodeId)
  const wrong = texts.flatMap((text, at) => {
    if (ids[at] !== undefined) return []
    // What RFC 6749 §5.2 lets no sentence hold, or nobody reads, is named by its place.
    const which = /^[\w-]{1,40}$/.test(text) ? text : `number ${at + 1} of ${texts.length}`
    return [{ field: name, message: `${name} is not a valid id: ${which}.` }]
  })
  if (wrong.length > 0) throw new FieldError(wrong)
  return ids.flatMap((id) => id ?? [])
}

// Calls of the hosted service that stand where an id would, and are not served here.
const otherCalls = new Set(
  `account address all batch best current explore featured feed following followers genre genres handles history id ids
   inspect latest library liked likes list me most new newest playlists popular premium random recent recommended
   related remixables remixes reposts resolve self stats subscribers suggested top top10 trending unclaimed underground
   users winners`.split(/\s+/),
)

/**
 * Reads a public id of the path.
 * @throws FieldError naming it; OAuthError 404 where another call's name stands in its place
 */
export function readIdOfPath(text: string, name: string): number {
  // No id has a hyphen or an underscore, and a word of several parts has nothing else.
  const isCall = otherCalls.has(text.toLowerCase()) || /^[a-z\d]+(?:[-_][a-z\d]+)+$/i.test(text)
  if (isCall && decodeId(text) === undefined) throw route.notFound()
  return readId(text, name)
}

/**
 * Reads an API key of the path.
 * @throws FieldError
 */
export function readApiKey(text: string): string {
  const apiKey = parseApiKey(text)
  if (apiKey === undefined)
    throw new FieldError([{ field: 'api_key', message: 'api_key must be 40 hex digits.' }])
  return apiKey
}
