import { type TSchema, Type } from 'typebox'
import { cidPattern } from '../uploads/content/cid.ts'

/*
 * The kinds of values that the resources take. A description goes on from "must be": the document shows it, and the
 * sentence that refuses a value ends with it.
 */

/** Control characters, halves of characters, and marks that end lines or turn the direction of what stands around. */
const unprintable = String.raw`\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069`
/** What may stand in text of many lines beside what is printed. */
const spacing = String.raw`\t\n\r\u2028\u2029`
const visible = String.raw`(?=.*[\p{L}\p{N}\p{P}\p{S}])`

/** One line of text that shows something, of 1 to `most` characters. */
export const line = (most: number, what = '') =>
  Type.String({
    pattern: `^${visible}[^${unprintable}]{1,${most}}$`,
    description: `${what}1 to ${most} printable characters on one line`,
  })

/** Text of up to `most` characters on any number of lines. */
export const lines = (most: number) =>
  Type.String({
    pattern: `^(?:[${spacing}]|[^${unprintable}]){0,${most}}$`,
    description: `text of up to ${most} characters`,
  })

/** The same that shows something. */
export const message = (most: number) =>
  Type.String({
    pattern: `^(?=[^]*[\\p{L}\\p{N}\\p{P}\\p{S}])(?:[${spacing}]|[^${unprintable}]){1,${most}}$`,
    description: `text of 1 to ${most} characters`,
  })

/** One line of up to `most` characters; an empty one is none. */
export const shortText = (most: number, what = '') =>
  Type.String({
    pattern: `^[^${unprintable}]{0,${most}}$`,
    description: `${what}up to ${most} printable characters on one line`,
  })

/** A whole or broken number. */
export const number = (least: number, most: number, unit: string) =>
  Type.Number({ minimum: least, maximum: most, description: `a number from ${least} to ${most}${unit}` })

export const flag = (what: string) => Type.Boolean({ description: `true or false: ${what}` })

/** CIDv1 of raw bytes by SHA-256, in base32. */
export const cid = (what: string) => Type.String({ pattern: cidPattern, description: `the CID of ${what}` })

/** A field that may be left out; null is none. */
export const optional = <T extends TSchema & { description?: string }>(schema: T) =>
  Type.Optional(
    Type.Union([schema, Type.Null()], { description: `${schema.description ?? 'a value'}, or null` }),
  )

/** Parameters of every list. */
export const paging = {
  offset: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    default: 0,
    description: 'a whole number from 0 to 1000000',
  }),
  limit: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: 20,
    description: 'a whole number from 1 to 100',
  }),
}

/** The text of a search: a whole title, and more. */
export const searchText = shortText(150)

/** Parameters that every call takes, those of the hosted service's client among them. */
export const common = {
  user_id: Type.Optional(
    Type.String({ description: 'the id of the access token’s user: nobody acts for another' }),
  ),
  app_name: Type.Optional(Type.String({ description: 'any text; the access token says which app calls' })),
  api_key: Type.Optional(Type.String({ description: 'any text; the access token says which app calls' })),
}
