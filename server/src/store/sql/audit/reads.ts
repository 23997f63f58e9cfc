import { type AuditEntry, type AuditEvent, type AuditSearch, appEvents } from '../../contract/audit.ts'
import type { Digest, Instant, User } from '../../contract/types.ts'
import { toUser, userColumns } from '../accounts/user-row.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'

type Search = {
  userId: number | null
  apiKey: string | null
  event: AuditEvent | null
  /** 1 leaves out what is not about an app itself. */
  appsOnly: 0 | 1
  since: Instant
  after: number
  limit: number
}

const entries = (p: Placeholder<Search>) =>
  query
    .selectFrom('audit_entries as entry')
    .leftJoin('users', 'users.id', 'entry.user_id')
    .leftJoin('apps', 'apps.api_key', 'entry.api_key')
    .select((of) => [
      'entry.id',
      'entry.at',
      'entry.last_at',
      'entry.count',
      'entry.event',
      'entry.actor',
      'entry.user_id',
      'users.handle',
      'entry.api_key',
      of.fn.coalesce('apps.name', 'entry.app_name').as('app_name'),
      'entry.detail',
      'entry.network',
      'entry.request_id',
    ])
    .where('entry.at', '>=', p('since'))
    .where((is) => is.or([is('entry.event', '=', p('event')), is(p('event'), 'is', null)]))
    .where((is) => is.or([is(p('appsOnly'), '=', is.lit(0)), is('entry.event', 'in', appEvents)]))
    .limit(p('limit'))

const ofUser = (p: Placeholder<Search>) => entries(p).where('entry.user_id', '=', p('userId'))
const ofApp = (p: Placeholder<Search>) => entries(p).where('entry.api_key', '=', p('apiKey'))
const ofBoth = (p: Placeholder<Search>) => ofUser(p).where('entry.api_key', '=', p('apiKey'))

const newest = [entries, ofUser, ofApp, ofBoth].map((select) =>
  statement((p: Placeholder<Search>) => select(p).orderBy('entry.id', 'desc')),
)
const following = [entries, ofUser, ofApp, ofBoth].map((select) =>
  statement((p: Placeholder<Search>) => select(p).where('entry.id', '>', p('after')).orderBy('entry.id')),
)

const selectRefreshOwner = statement((p: Placeholder<{ digest: Digest }>) =>
  query
    .selectFrom('refresh_tokens')
    .innerJoin('families', 'families.id', 'refresh_tokens.family_id')
    .innerJoin('users', 'users.id', 'families.user_id')
    .leftJoin('apps', 'apps.api_key', 'families.api_key')
    .select(userColumns)
    .select((of) => of.fn.coalesce('apps.name', 'families.app_name').as('app_name'))
    .where('refresh_tokens.digest', '=', p('digest'))
    .where('users.disabled_at', 'is', null),
)

const deleteBefore = statement((p: Placeholder<{ before: Instant; limit: number }>) =>
  query
    .deleteFrom('audit_entries')
    .where('id', 'in', (from) =>
      from.selectFrom('audit_entries').select('id').where('at', '<', p('before')).limit(p('limit')),
    ),
)

/** Entries of the audit log. */
export function* listAudit({ after, appsOnly, ...search }: AuditSearch): Verb<readonly AuditEntry[]> {
  const which = (search.userId === null ? 0 : 1) + (search.apiKey === null ? 0 : 2)
  const select = (after === null ? newest : following)[which]
  if (select === undefined) return []
  const rows = yield* all(select, {
    ...search,
    after: after ?? 0,
    appsOnly: appsOnly ? 1 : 0,
  })
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    lastAt: row.last_at,
    count: row.count,
    event: row.event,
    by: row.actor,
    userId: row.user_id,
    handle: row.handle,
    apiKey: row.api_key,
    appName: row.app_name,
    detail: row.detail,
    network: row.network,
    requestId: row.request_id,
  }))
}

/** Whose refresh token this is. */
export function* findRefreshOwner(
  digest: Digest,
): Verb<{ readonly user: User; readonly appName: string } | undefined> {
  const row = yield* one(selectRefreshOwner, { digest })
  return row && { user: toUser(row), appName: row.app_name }
}

/** Deletes old entries. */
export function* sweepAudit(before: Instant, limit: number): Verb<number> {
  return yield* change(deleteBefore, { before, limit })
}
