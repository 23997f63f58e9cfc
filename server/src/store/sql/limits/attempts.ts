import type { Backoff, Instant, Slot } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, run, together, type Verb } from '../transaction.ts'

type At = { rule: string; slot: number }
type Counted = { failures: number; blockedUntil: Instant; forgetAt: Instant }

const select = statement((p: Placeholder<At>) =>
  query
    .selectFrom('attempts')
    .select(['failures', 'blocked_until as blockedUntil', 'forget_at as forgetAt'])
    .where('rule', '=', p('rule'))
    .where('slot', '=', p('slot')),
)

const upsert = statement((p: Placeholder<At & Counted>) =>
  query
    .insertInto('attempts')
    .values({
      rule: p('rule'),
      slot: p('slot'),
      failures: p('failures'),
      blocked_until: p('blockedUntil'),
      forget_at: p('forgetAt'),
    })
    .onConflict((conflict) =>
      conflict.columns(['rule', 'slot']).doUpdateSet({
        failures: p('failures'),
        blocked_until: p('blockedUntil'),
        forget_at: p('forgetAt'),
      }),
    ),
)

const remove = statement((p: Placeholder<At>) =>
  query.deleteFrom('attempts').where('rule', '=', p('rule')).where('slot', '=', p('slot')),
)

/** Forgets the attempts whose time is over. */
export const deleteForgotten = statement((p: Placeholder<{ now: Instant }>) =>
  query.deleteFrom('attempts').where('forget_at', '<=', p('now')),
)

/** Counts an attempt as failed in every slot, or answers how long to wait. */
export function* countAttempt(slots: readonly (Slot & Backoff)[], now: Instant): Verb<number> {
  const found: Counted[] = []
  for (const { rule, slot } of slots) {
    const row = yield* one(select, { rule, slot })
    found.push(row && row.forgetAt > now ? row : { failures: 0, blockedUntil: 0, forgetAt: 0 })
  }
  const waits = slots.map(({ longestWaitMs }, index) => {
    const wait = (found[index]?.blockedUntil ?? 0) - now
    // No wait is longer: the clock was set back since.
    return wait > longestWaitMs ? 0 : wait
  })
  const waitMs = Math.max(0, ...waits)
  if (waitMs > 0) return waitMs
  for (const [index, { rule, slot, ...backoff }] of slots.entries()) {
    const failures = (found[index]?.failures ?? 0) + 1
    const beyond = failures - backoff.free
    const wait = beyond < 0 ? 0 : Math.min(backoff.longestWaitMs, backoff.firstWaitMs * 2 ** beyond)
    const forgetAt = now + wait + backoff.memoryMs
    yield* change(upsert, { rule, slot, failures, blockedUntil: wait > 0 ? now + wait : 0, forgetAt })
  }
  return 0
}

/** Takes the count of one attempt back. */
export function* uncountAttempt(slots: readonly (Slot & Pick<Backoff, 'free'>)[]): Verb<void> {
  for (const { rule, slot, free } of slots) {
    const row = yield* one(select, { rule, slot })
    if (row === undefined) continue
    const failures = row.failures - 1
    if (failures <= 0) yield* change(remove, { rule, slot })
    else
      yield* change(upsert, {
        ...{ rule, slot, failures, forgetAt: row.forgetAt },
        blockedUntil: failures < free ? 0 : row.blockedUntil,
      })
  }
}

/** Forgets all failures of these slots. */
export function* forgetAttempts(slots: readonly Slot[]): Verb<void> {
  yield* together(slots.map(({ rule, slot }) => run(remove, { rule, slot })))
}
