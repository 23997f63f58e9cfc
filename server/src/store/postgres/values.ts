import type { Value } from '../sql/statement.ts'

/**
 * A value as PostgreSQL takes it. Its text has no NUL; one becomes the replacement character, as half a surrogate pair
 * does in UTF-8, so that what cannot be stored is not found instead of failing.
 */
export const toDatabase = (value: Value): Value =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u{FFFD}') : value

const toNumber = (text: string): number => Number(text)
const toFlag = (text: string): 0 | 1 => (text === 't' ? 1 : 0)
const toBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.slice('\\x'.length), 'hex'))
const toText = (text: string): string => text

/** How each type that a statement answers becomes a value as SQLite has it: bool, bytea, int8, int4, float8, numeric. */
const parsers: ReadonlyMap<number, (text: string) => Value> = new Map<number, (text: string) => Value>([
  [16, toFlag],
  [17, toBytes],
  [20, toNumber],
  [23, toNumber],
  [701, toNumber],
  [1700, toNumber],
])

/** Finds the parser of a type; what has none is text. */
export const types = { getTypeParser: (oid: number) => parsers.get(oid) ?? toText }
