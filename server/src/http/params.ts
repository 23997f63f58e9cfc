import { badBody } from '../errors/oauth.ts'

/** Parameters by name, as sent: an empty value is no value (RFC 6749 §3.1), a repeated one is remembered as such. */
export interface Params {
  get(name: string): string | undefined
  readonly repeated: ReadonlySet<string>
  /** Names whose value is no UTF-8 text or contains control characters. */
  readonly malformed: ReadonlySet<string>
}

/** The parameters of a query in which some may be repeated. */
export interface Query extends Params {
  /** Every value of a name that is not empty, in their order. */
  all(name: string): readonly string[]
}

const maximumCount = 50
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
const controlCharacter = /[\u0000-\u001f\u007f]/

/**
 * Reads `application/x-www-form-urlencoded` text (RFC 6749 appendix B); names are plain, brackets mean nothing.
 * @param limit of parameters
 */
export function readForm(text: string, limit: number = maximumCount): Query {
  const values = new Map<string, string[]>()
  const repeated = new Set<string>()
  const malformed = new Set<string>()
  const pairs = text.split('&', limit + 1)
  if (pairs.length > limit) throw badBody.tooMany(limit)
  for (const pair of pairs) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const rawName = at < 0 ? pair : pair.slice(0, at)
    const name = decode(rawName) ?? rawName
    const value = at < 0 ? '' : decode(pair.slice(at + 1))
    const before = values.get(name)
    if (before !== undefined || malformed.has(name)) repeated.add(name)
    if (value === undefined) malformed.add(name)
    else values.set(name, [...(before ?? []), value])
  }
  return {
    get: (name) => values.get(name)?.at(-1) || undefined,
    all: (name) => values.get(name)?.filter((value) => value !== '') ?? [],
    repeated,
    malformed,
  }
}

/**
 * Reads a request body of JSON, whatever it holds.
 * @throws OAuthError when it is no JSON in UTF-8
 */
export function readJsonBody(contentType: string | undefined, body: Uint8Array): unknown {
  if (kindOf(contentType, body) !== 'json') throw badBody.contentType()
  return parseJson(decodeUtf8(body))
}

/**
 * Reads a request body of parameters, JSON or form.
 * @throws OAuthError when it is neither, or not one flat set of text values.
 */
export function readBody(contentType: string | undefined, body: Uint8Array): Params {
  const params =
    kindOf(contentType, body) === 'json' ? readJson(decodeUtf8(body)) : readForm(decodeUtf8(body))
  if (params.repeated.size > 0) throw badBody.repeated()
  if (params.malformed.size > 0) throw badBody.malformed()
  return params
}

function kindOf(contentType: string | undefined, body: Uint8Array): 'json' | 'form' {
  if (contentType === undefined && body.length === 0) return 'form'
  const [type, ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const isUtf8 = parameters.every(
    (parameter) => !parameter.startsWith('charset=') || /^charset="?utf-8"?$/.test(parameter),
  )
  if (isUtf8 && type === 'application/json') return 'json'
  if (isUtf8 && type === 'application/x-www-form-urlencoded') return 'form'
  throw badBody.contentType()
}

function readJson(text: string): Params {
  const object = parseJson(text)
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw badBody.notFlat()
  const values = new Map<string, string>()
  const malformed = new Set<string>()
  for (const [name, value] of Object.entries(object)) {
    if (value === null) continue
    if (typeof value !== 'string') throw badBody.notFlat()
    if (!value.isWellFormed() || controlCharacter.test(value)) malformed.add(name)
    else values.set(name, value)
  }
  if (values.size + malformed.size > maximumCount) throw badBody.tooMany(maximumCount)
  // JSON.parse keeps the last of two equal keys in silence; here every string is a key or a value that was kept.
  const written = text.match(/"(?:[^"\\]|\\.)*"/gs)?.length ?? 0
  const kept = Object.keys(object).length + values.size + malformed.size
  const repeated = new Set(written === kept ? [] : ['a key'])
  return { get: (name) => values.get(name) || undefined, repeated, malformed }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badBody.notJson()
  }
}

function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw badBody.malformed()
  }
}

function decode(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '))
    return controlCharacter.test(decoded) || !decoded.isWellFormed() ? undefined : decoded
  } catch {
    return undefined
  }
}
