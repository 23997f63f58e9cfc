import { sql } from 'kysely'
import type { Placeholder } from '../statement.ts'
import { searchKey } from './search-key.ts'

/** The pattern with which `contains` looks for a text. */
export const searchPattern = (text: string): string => `%${searchKey(text).replace(/[\\%_]/g, '\\$&')}%`

/** Whether a folded column contains the text; wildcards in it mean themselves. */
export const contains = (column: string, p: Placeholder<{ pattern: string }>) =>
  sql<boolean>`${sql.ref(column)} like ${p('pattern')} escape '\\'`
