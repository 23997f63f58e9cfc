import type { ClaimedMail } from '../../contract/mails.ts'
import type { Instant } from '../../contract/store.ts'
import { expiring } from '../due.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'

/** Mail that waits to be sent. */
export const mailTables = `
  CREATE TABLE mails (
    id INTEGER PRIMARY KEY,
    sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX mails_by_due ON mails (due_at);
  CREATE INDEX mails_by_age ON mails (created_at);
`

/** Milliseconds after which nobody needs what a mail says: its links have ended long before. */
const kept = 86_400_000

const count = statement(() => query.selectFrom('mails').select(({ fn }) => fn.countAll<number>().as('count')))

const insert = statement((p: Placeholder<{ sealed: Uint8Array; now: Instant }>) =>
  query.insertInto('mails').values({ sealed: p('sealed'), created_at: p('now'), due_at: p('now') }),
)

const selectDue = statement((p: Placeholder<{ now: Instant }>) =>
  query
    .selectFrom('mails')
    .select(['id', 'sealed', 'attempts'])
    .where('due_at', '<=', p('now'))
    .orderBy('due_at')
    .orderBy('id')
    .limit(1),
)

const take = statement((p: Placeholder<{ id: number; attempts: number; leaseUntil: Instant }>) =>
  query
    .updateTable('mails')
    .set((set) => ({ due_at: p('leaseUntil'), attempts: set('attempts', '+', set.lit(1)) }))
    .where('id', '=', p('id'))
    .where('attempts', '=', p('attempts')),
)

const postpone = statement((p: Placeholder<{ id: number; attempt: number; dueAt: Instant }>) =>
  query
    .updateTable('mails')
    .set({ due_at: p('dueAt') })
    .where('id', '=', p('id'))
    .where('attempts', '=', p('attempt')),
)

const remove = statement((p: Placeholder<{ id: number; attempt: number }>) =>
  query.deleteFrom('mails').where('id', '=', p('id')).where('attempts', '=', p('attempt')),
)

export const mailSweep = expiring('mails', ['id'], 'created_at', kept)

/** Queues mails, no more than fit. */
export function* queueMails(sealed: readonly Uint8Array[], most: number, now: Instant): Verb<number> {
  const taken = sealed.slice(0, Math.max(0, most - (yield* countMails())))
  for (const each of taken) yield* change(insert, { sealed: each, now })
  return taken.length
}

/** Takes the mail that is due first. */
export function* claimMail(now: Instant, leaseUntil: Instant): Verb<ClaimedMail | undefined> {
  const row = yield* one(selectDue, { now })
  if (row === undefined) return undefined
  const { id, sealed, attempts } = row
  const isTaken = (yield* change(take, { id, attempts, leaseUntil })) > 0
  return isTaken ? { id, sealed, attempt: attempts + 1 } : undefined
}

/** Notes what an attempt came to. */
export function* settleMail(
  { id, attempt }: Pick<ClaimedMail, 'id' | 'attempt'>,
  dueAt: Instant | null,
): Verb<boolean> {
  const changed =
    dueAt === null ? yield* change(remove, { id, attempt }) : yield* change(postpone, { id, attempt, dueAt })
  return changed > 0
}

/** How many wait. */
export function* countMails(): Verb<number> {
  return (yield* one(count, {}))?.count ?? 0
}
