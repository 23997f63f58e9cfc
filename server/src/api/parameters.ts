import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { Check } from 'typebox/value'
import { FieldError, type FieldFault, refused } from '../errors/api.ts'
import { brokenBy } from './broken-text.ts'

/** The parameters of a query as sent. */
export interface Query {
  all(name: string): readonly string[]
  /** Names whose value is no UTF-8 text or contains control characters. */
  readonly malformed: ReadonlySet<string>
  /** Whether nothing was sent at all. */
  readonly isEmpty: boolean
}

// What a query without parameters comes to, of each schema that has no need of any.
const ofNothing = new WeakMap<TObject, object>()

/**
 * Reads a query by its schema; unknown parameters are ignored.
 * @throws FieldError naming every parameter that is missing, repeated or wrong
 */
export function readQuery<Q extends TObject>(schema: Q, query: Query): Static<Q> {
  if (!query.isEmpty) return readSent(schema, query)
  const known = ofNothing.get(schema)
  // It was read by this very schema.
  if (known !== undefined) return known as Static<Q>
  const read = readSent(schema, query)
  ofNothing.set(schema, Object.freeze(read))
  return read
}

function readSent<Q extends TObject>(schema: Q, query: Query): Static<Q> {
  const values = new Map<string, unknown>()
  const faults: FieldFault[] = []
  for (const [name, property] of Object.entries(schema.properties)) {
    const sent = query.all(name)
    if (query.malformed.has(name)) faults.push(fault(name, 'is not text in percent-encoded UTF-8'))
    // Many libraries write a list so.
    else if (Type.IsArray(property)) values.set(name, [...sent, ...query.all(`${name}[]`)])
    else if (sent.length > 1) faults.push(fault(name, 'was sent more than once'))
    else if (sent[0]) values.set(name, fromText(sent[0], property))
    else if ('default' in property) values.set(name, property.default)
  }
  return checked(schema, values, faults)
}

/**
 * Reads a JSON body by its schema; unknown fields are ignored.
 * @throws OAuthError when it is no object, and a FieldError naming every field that is missing or wrong
 */
export function readBody<B extends TObject>(schema: B, body: unknown): Static<B> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refused.notAnObject()
  const sent = new Map(Object.entries(body))
  const known = Object.keys(schema.properties).filter((name) => sent.has(name))
  return checked(schema, new Map(known.map((name) => [name, sent.get(name)])), [])
}

function checked<S extends TObject>(
  schema: S,
  values: ReadonlyMap<string, unknown>,
  found: readonly FieldFault[],
): Static<S> {
  const faults = [...found]
  const isFaulty = new Set(found.map(({ field }) => field))
  for (const [name, property] of Object.entries(schema.properties)) {
    if (isFaulty.has(name)) continue
    if (!values.has(name)) {
      if (!Type.IsOptional(property)) faults.push(fault(name, 'is missing'))
    } else if (!Check(property, values.get(name)))
      faults.push(fault(name, `${mustBe(property)}${brokenBy(values.get(name), property)}`))
  }
  const object: unknown = Object.fromEntries(values)
  if (faults.length > 0 || !Check(schema, object)) throw new FieldError(faults)
  return object
}

function fromText(text: string, schema: TSchema): unknown {
  if (Type.IsInteger(schema)) return /^\d{1,9}$/.test(text) ? Number(text) : text
  if (Type.IsBoolean(schema)) return text === 'true' ? true : text === 'false' ? false : text
  return text
}

const mustBe = (schema: TSchema & { description?: string }): string =>
  `must be ${schema.description ?? 'another value'}`

const fault = (field: string, what: string): FieldFault => ({ field, message: `${field} ${what}.` })
