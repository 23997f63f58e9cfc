import { sql } from 'kysely'
import type { Placeholder } from '../statement.ts'

/** Folds a text to what searches compare: lower case, without accents, spaces as one. */
export function searchKey(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/\s+/gu, ' ').trim()
}

/** The pattern with which `contains` looks for a text. */
export const searchPattern = (text: string): string => `%${searchKey(text).replace(/[\\%_]/g, '\\$&')}%`

/** Whether a folded column contains the text; wildcards in it mean themselves. */
export const contains = (column: string, p: Placeholder<{ pattern: string }>) =>
  sql<boolean>`${sql.ref(column)} like ${p('pattern')} escape '\\'`
