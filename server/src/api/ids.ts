import Hashids from 'hashids'
import { parseApiKey } from '../apps/api-key.ts'
import { FieldError } from '../errors/api.ts'

const hashids = new Hashids('azowernasdfoia', 5)

/** The public form of an integer id. */
export const encodeId = (id: number): string => hashids.encode(id)

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
 * Reads an API key of the path.
 * @throws FieldError
 */
export function readApiKey(text: string): string {
  const apiKey = parseApiKey(text)
  if (apiKey === undefined)
    throw new FieldError([{ field: 'api_key', message: 'api_key must be 40 hex digits.' }])
  return apiKey
}
