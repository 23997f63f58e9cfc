import { type Static, type TObject, Type } from 'typebox'
import { readBody } from '../api/parameters.ts'
import { brokenArchive } from '../errors/archive.ts'
import { OAuthError } from '../errors/oauth.ts'
import type { Instant } from '../store/contract/store.ts'

/*
 * What the parts of an archive are made of.
 */

export const Id = Type.Integer({
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'the id of a track or playlist',
})
export const Moment = Type.String({
  pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$`,
  description: 'an instant in ISO 8601, in UTC',
})
export const Maybe = Type.Union([Type.String(), Type.Null()])
export const PublicId = Type.String({ pattern: '^[A-Za-z0-9]{5,20}$', description: 'a public id' })

/** Reads a part of an archive by its schema. @throws BrokenArchive */
export const readPart = <T extends Parameters<typeof Type.Object>[0]>(
  where: string,
  schema: T,
  value: unknown,
): Static<TObject<T>> => judged(where, () => readBody(Type.Object(schema), value))

/** Judges a part of an archive by the API's rules. @throws BrokenArchive saying what of it is wrong */
export function judged<T>(where: string, judge: () => T): T {
  try {
    return judge()
  } catch (error) {
    if (error instanceof OAuthError) throw brokenArchive.wrong(where, error.description)
    throw error
  }
}

/** Nothing that was done elsewhere is done later than now. */
export const momentOf = (text: string, now: Instant): Instant => {
  const at = Date.parse(text)
  return Number.isNaN(at) ? now : Math.min(at, now)
}
