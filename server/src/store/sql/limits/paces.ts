import type { Instant, Slot } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { deleteForgotten } from './attempts.ts'

const select = statement((p: Placeholder<{ rule: string; slot: number }>) =>
  query
    .selectFrom('paces')
    .select('unused_at as unusedAt')
    .where('rule', '=', p('rule'))
    .where('slot', '=', p('slot')),
)

const upsert = statement((p: Placeholder<{ rule: string; slot: number; unusedAt: Instant }>) =>
  query
    .insertInto('paces')
    .values({ rule: p('rule'), slot: p('slot'), unused_at: p('unusedAt') })
    .onConflict((conflict) => conflict.columns(['rule', 'slot']).doUpdateSet({ unused_at: p('unusedAt') })),
)

const selectUsed = statement((p: Placeholder<{ now: Instant }>) =>
  query
    .selectFrom('paces')
    .select(['rule', 'slot', 'unused_at as unusedAt'])
    .where('unused_at', '>', p('now')),
)

const deleteUnused = statement((p: Placeholder<{ now: Instant }>) =>
  query.deleteFrom('paces').where('unused_at', '<=', p('now')),
)

const selectSalt = statement(() => query.selectFrom('limit_salt').select('salt'))

/** Adds what a process has used of some paces, and forgets what is over and what the clock was set back from. */
export function* usePaces(
  used: readonly (Slot & { readonly usedMs: number; readonly latest: Instant })[],
  now: Instant,
): Verb<readonly Instant[]> {
  yield* change(deleteUnused, { now })
  yield* change(deleteForgotten, { now })
  const ends: Instant[] = []
  for (const { rule, slot, usedMs, latest } of used) {
    const row = yield* one(select, { rule, slot })
    const before = row !== undefined && row.unusedAt <= latest ? row.unusedAt : now
    const unusedAt = Math.ceil(Math.max(now, before) + usedMs)
    yield* change(upsert, { rule, slot, unusedAt })
    ends.push(unusedAt)
  }
  return ends
}

/** What is used of every pace. */
export function* listPaces(now: Instant): Verb<readonly (Slot & { readonly unusedAt: Instant })[]> {
  return yield* all(selectUsed, { now })
}

/** What keys are mixed with before they become slots. */
export function* limitSalt(): Verb<Uint8Array> {
  const row = yield* one(selectSalt, {})
  if (row === undefined) throw new Error('The migration that made the limits left no salt')
  return row.salt
}
