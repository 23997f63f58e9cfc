import { parse as parseContentType } from 'content-type'
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
  /** Whether nothing was sent at all. */
  readonly isEmpty: boolean
}

const maximumCount = 50
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
const controlCharacter = /[\u0000-\u001f\u007f]/

/** How many characters a text has; one that takes two units of UTF-16 counts once. */
export const charactersIn = (text: string): number => [...text].length

const none: ReadonlySet<string> = new Set()

const nothingSent: Query = {
  get: () => undefined,
  all: () => [],
  repeated: none,
  malformed: none,
  isEmpty: true,
}

/**
 * Reads `application/x-www-form-urlencoded` text (RFC 6749 appendix B); names are plain, brackets mean nothing.
 * @param limit of parameters
 */
export function readForm(text: string, limit: number = maximumCount): Query {
  if (text === '') return nothingSent
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
    else if (before === undefined) values.set(name, [value])
    else before.push(value)
  }
  return {
    get: (name) => values.get(name)?.at(-1) || undefined,
    all: (name) => values.get(name)?.filter((value) => value !== '') ?? [],
    repeated,
    malformed,
    isEmpty: values.size === 0 && malformed.size === 0,
  }
}

/**
 * Reads a request body of JSON, whatever it holds.
 * @param otherType what it is refused with when it is no JSON in UTF-8 by its type
 * @throws OAuthError when it is no JSON in UTF-8
 */
export function readJsonBody(
  contentType: string | undefined,
  body: Uint8Array,
  otherType: () => Error = badBody.contentType,
): unknown {
  if (kindOf(contentType, body, otherType) !== 'json') throw otherType()
  return parseJson(decodeUtf8(body))
}

/**
 * Reads a request body of parameters, JSON or form.
 * @param names what is asked for, each at most once and text; what else was sent is ignored (RFC 6749 §3.2). Without
 * them every name counts.
 * @throws OAuthError when it is neither JSON nor a form, or a name that counts is repeated or no text.
 */
export function readBody(
  contentType: string | undefined,
  body: Uint8Array,
  names?: ReadonlySet<string>,
): Params {
  const params = sentBody(contentType, body)
  const counts = (name: string) => names === undefined || names.has(name)
  const notText = firstOf(params.notText, counts)
  if (notText !== undefined) throw badBody.notText(names === undefined ? 'A value' : notText)
  // What was not asked for may be called anything, and is not said back.
  const told = (name: string) => (names === undefined ? undefined : name)
  const repeated = firstOf(params.repeated, counts)
  if (repeated !== undefined) throw badBody.repeated(told(repeated))
  const malformed = firstOf(params.malformed, counts)
  if (malformed !== undefined) throw badBody.malformed(told(malformed))
  return params
}

function firstOf(names: ReadonlySet<string>, counts: (name: string) => boolean): string | undefined {
  for (const name of names) if (counts(name)) return name
  return undefined
}

/**
 * The text of a body that is a form, without a byte order mark.
 * @throws OAuthError when it is none in UTF-8
 */
export function formText(contentType: string | undefined, body: Uint8Array): string {
  if (kindOf(contentType, body) !== 'form') throw badBody.contentType()
  return decodeUtf8(body)
}

/** A body as sent, whatever is wrong with its parameters. */
export interface Body extends Params {
  /** Names whose value in JSON is no text. */
  readonly notText: ReadonlySet<string>
}

/**
 * The parameters of a body, unchecked.
 * @throws OAuthError when it is neither JSON nor a form
 */
export function sentBody(contentType: string | undefined, bytes: Uint8Array): Body {
  const text = decodeUtf8(bytes)
  return kindOf(contentType, bytes) === 'json' ? readJson(text) : { ...readForm(text), notText: none }
}

/** The media type that a header names, in lower case and without its parameters (RFC 9110 §8.3). */
export const mediaTypeOf = (contentType: string | undefined): string =>
  parseContentType(contentType ?? '', { parameters: false }).type

function kindOf(
  contentType: string | undefined,
  body: Uint8Array,
  otherType: () => Error = badBody.contentType,
): 'json' | 'form' {
  if (contentType === undefined && body.length === 0) return 'form'
  const { type, parameters } = parseContentType(contentType ?? '')
  const charset = parameters['charset']
  if (charset !== undefined && !isUtf8(charset.toLowerCase())) throw otherType()
  if (type === 'application/json') return 'json'
  if (type === 'application/x-www-form-urlencoded') return 'form'
  throw otherType()
}

// Every label of UTF-8 (WHATWG Encoding §4.2), and of US-ASCII, which is part of it.
const isUtf8 = (label: string): boolean =>
  /^(?:utf-?8|unicode-1-1-utf-8|unicode11utf8|unicode20utf8|x-unicode20utf8|(?:us-)?ascii|ansi_x3\.4-1968|iso646-us)$/.test(
    label.trim(),
  )

function readJson(text: string): Body {
  const object = parseJson(text)
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw badBody.notAnObject()
  const entries = Object.entries(object)
  if (entries.length > maximumCount) throw badBody.tooMany(maximumCount)
  const values = new Map<string, string>()
  const malformed = new Set<string>()
  const notText = new Set<string>()
  for (const [name, value] of entries) {
    if (value === null) continue
    if (typeof value !== 'string') notText.add(name)
    else if (!value.isWellFormed() || controlCharacter.test(value)) malformed.add(name)
    else values.set(name, value)
  }
  return { get: (name) => values.get(name) || undefined, repeated: repeatedKeys(text), malformed, notText }
}

// JSON.parse keeps the last of two equal keys in silence.
function repeatedKeys(json: string): ReadonlySet<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  let depth = 0
  for (const [token, text, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (depth === 1 && colon !== undefined) {
      const key = String(JSON.parse(text ?? ''))
      if (seen.has(key)) repeated.add(key)
      seen.add(key)
    }
  }
  return repeated
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badBody.notJson()
  }
}

// A byte order mark at the beginning is dropped.
const utf8 = new TextDecoder('utf-8', { fatal: true })

function decodeUtf8(body: Uint8Array): string {
  try {
    return utf8.decode(body)
  } catch {
    throw badBody.malformed()
  }
}

// Whatever has none of these stands for itself.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are refused below
const encoded = /[%+\u0000-\u001f\u007f\ud800-\udfff]/

function decode(text: string): string | undefined {
  if (!encoded.test(text)) return text
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '))
    return controlCharacter.test(decoded) || !decoded.isWellFormed() ? undefined : decoded
  } catch {
    return undefined
  }
}
