import type { Actor, AuditEvent } from '../../contract/audit.ts'
import type { Instant } from '../../contract/types.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'

/** What a verb has done, for the audit log. */
export interface Note {
  readonly event: AuditEvent
  readonly userId: number | null
  readonly apiKey?: string | null
  readonly appName?: string | null
  readonly detail?: string | null
}

const hour = 60 * 60 * 1000
/** Entries of one kind about one account and app within an hour; what is beyond is counted at the newest of them. */
const mostAnHour = 10
/** Networks from which refusals at one account, or at none, are told apart within an hour. */
const mostNetworks = { account: 20, none: 200 }
const longestDetail = 500

type Same = {
  event: AuditEvent
  userId: number | null
  apiKey: string | null
  network: string | null
  since: Instant
}

const selectSame = statement((p: Placeholder<Same>) =>
  query
    .selectFrom('audit_entries')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.max<number | null>('id').as('newest'),
      fn
        .max<number | null>('id')
        .filterWhere('network', 'is not distinct from', p('network'))
        .as('newestHere'),
    ])
    .where('user_id', 'is not distinct from', p('userId'))
    .where('event', '=', p('event'))
    .where('api_key', 'is not distinct from', p('apiKey'))
    .where('at', '>=', p('since')),
)

const countAgain = statement((p: Placeholder<{ id: number; at: Instant; network: string | null }>) =>
  query
    .updateTable('audit_entries')
    .set((set) => ({ count: set('count', '+', set.lit(1)), last_at: p('at'), network: p('network') }))
    .where('id', '=', p('id')),
)

const insertEntry = statement(
  (
    p: Placeholder<{
      at: Instant
      event: AuditEvent
      actor: Actor['by']
      userId: number | null
      apiKey: string | null
      appName: string | null
      detail: string | null
      network: string | null
      requestId: string | null
    }>,
  ) =>
    query.insertInto('audit_entries').values((set) => ({
      at: p('at'),
      last_at: p('at'),
      count: set.lit(1),
      event: p('event'),
      actor: p('actor'),
      user_id: p('userId'),
      api_key: p('apiKey'),
      app_name: p('appName'),
      detail: p('detail'),
      network: p('network'),
      request_id: p('requestId'),
    })),
)

/**
 * Writes an entry, or counts it at an earlier one: whoever does the same all the time, a stranger who guesses passwords
 * above all, makes the log no longer than so many rows an hour.
 */
export function* writeEntry(note: Note, { by, network, requestId, at }: Actor): Verb<void> {
  const { event, userId, apiKey = null, appName = null, detail = null } = note
  const row = yield* one(selectSame, { event, userId, apiKey, network, since: at - (at % hour) })
  const { count, newest, newestHere } = row ?? { count: 0, newest: null, newestHere: null }
  const isRefusal = event === 'sign_in_failed'
  if (isRefusal && newestHere !== null) {
    yield* change(countAgain, { id: newestHere, at, network })
    return
  }
  const most = isRefusal ? mostNetworks[userId === null ? 'none' : 'account'] : mostAnHour
  if (count >= most && newest !== null) {
    yield* change(countAgain, { id: newest, at, network: isRefusal ? 'several networks' : network })
    return
  }
  const values = { event, userId, apiKey, appName, network, requestId, at, actor: by }
  yield* change(insertEntry, { ...values, detail: detail?.slice(0, longestDetail) ?? null })
}
