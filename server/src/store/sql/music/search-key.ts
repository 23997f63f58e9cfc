import { sql } from 'kysely'
import type { Placeholder } from '../statement.ts'

/** How many rows a search looks into for what does not begin with the text: the newest. */
export const searchDepth = 10_000

/** How many rows a search finds at most, in each of its two ways. */
export const searchFinds = 500

/** Folds a text to what searches compare: lower case, without accents, spaces as one. */
export function searchKey(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/\s+/gu, ' ').trim()
}

/** The values with which `contains` and a range of an index look for a text. */
export function searchValues(text: string) {
  const from = searchKey(text)
  return { from, to: `${from}\u{10ffff}`, pattern: `%${from.replace(/[\\%_]/g, '\\$&')}%` }
}

/** Whether a folded column contains the text; wildcards in it mean themselves. */
export const contains = (column: string, p: Placeholder<{ pattern: string }>) =>
  sql<boolean>`${sql.ref(column)} like ${p('pattern')} escape '\\'`
