import type { ImportStatus } from '../../contract/imports.ts'
import type { Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'

type Begun = { userId: number; total: number; now: Instant; before: Instant }

const begun = (p: Placeholder<Begun>) => ({
  state: 'working' as const,
  words: null,
  done: 0,
  total: p('total'),
  updated_at: p('now'),
})

const insertStatus = statement((p: Placeholder<Begun>) =>
  query
    .insertInto('imports')
    .values({ ...begun(p), user_id: p('userId') })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet(begun(p))
        .where((is) =>
          is.or([is('imports.state', '<>', 'working'), is('imports.updated_at', '<', p('before'))]),
        ),
    ),
)

const updateStatus = statement(
  (
    p: Placeholder<
      { userId: number; lastNoted: Instant } & { [Name in keyof ImportStatus]: ImportStatus[Name] }
    >,
  ) =>
    query
      .updateTable('imports')
      .set({
        state: p('state'),
        words: p('words'),
        done: p('done'),
        total: p('total'),
        updated_at: p('updatedAt'),
      })
      .where('user_id', '=', p('userId'))
      .where('updated_at', '<=', p('lastNoted')),
)

const selectStatus = statement((p: Placeholder<{ userId: number }>) =>
  query
    .selectFrom('imports')
    .select(['state', 'words', 'done', 'total', 'updated_at as updatedAt'])
    .where('user_id', '=', p('userId')),
)

/** Begins an import, unless another is under way. */
export function* beginImport(userId: number, total: number, now: Instant, before: Instant): Verb<boolean> {
  return (yield* change(insertStatus, { userId, total, now, before })) > 0
}

/** Says how far an import is, unless another has begun since. */
export function* noteImport(userId: number, status: ImportStatus, lastNoted: Instant): Verb<boolean> {
  return (yield* change(updateStatus, { userId, ...status, lastNoted })) > 0
}

/** What became of the archive that a user sent last. */
export function* findImport(userId: number): Verb<ImportStatus | undefined> {
  return yield* one(selectStatus, { userId })
}
