import { type Placeholder, query, statement } from '../statement.ts'
import { all, type Verb } from '../transaction.ts'

const selectSlugs = statement((p: Placeholder<{ userId: number; from: string; to: string }>) =>
  query
    .selectFrom('tracks')
    .select('slug')
    .where('user_id', '=', p('userId'))
    .where('slug', '>=', p('from'))
    .where('slug', '<', p('to')),
)

/** How a slug is written, of the ways in which people and systems write the same letters. */
export const slugKey = (text: string): string => text.normalize('NFKC').toLowerCase()

/** The slug that a title asks for: its letters and digits, joined by hyphens. */
export function slugOf(title: string): string {
  const words = slugKey(title).match(/[\p{L}\p{N}\p{M}]+/gu)
  return Array.from((words ?? ['track']).join('-'))
    .slice(0, 140)
    .join('')
}

/** The first of `slug-2`, `slug-3`, … that none of the user's tracks has or had. */
export function* nextSlug(slug: string, userId: number): Verb<string> {
  // '.' follows '-', so the range holds every slug that goes on with a hyphen.
  const rows = yield* all(selectSlugs, { userId, from: `${slug}-`, to: `${slug}.` })
  const taken = new Set(rows.map((row) => row.slug))
  let number = 2
  while (taken.has(`${slug}-${number}`)) number += 1
  return `${slug}-${number}`
}
