import type { FlowLogPage, FlowOutcome, Instant, StoredFlowEvent } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, type Verb } from '../transaction.ts'
import { toReason } from './reason.ts'
import { toSent } from './sent-request.ts'

type Asked = { apiKey: string; ownerId: number | null; since: Instant; before: number; limit: number }

// One row of the app alone when nothing has happened in it, and none when it is not this owner's.
const eventsOf = (p: Placeholder<Asked>, outcome: ReturnType<Placeholder<{ outcome: FlowOutcome }>> | null) =>
  query
    .selectFrom('apps')
    .leftJoin('flow_events', (join) => {
      const ofApp = join
        .onRef('flow_events.api_key', '=', 'apps.api_key')
        .on('flow_events.id', '<', p('before'))
        .on('flow_events.at', '>=', p('since'))
      return outcome === null ? ofApp : ofApp.on('flow_events.outcome', '=', outcome)
    })
    .select(['id', 'at', 'step', 'outcome', 'code', 'reason', 'request_id', 'sent'])
    .where('apps.api_key', '=', p('apiKey'))
    .where('apps.owner_id', 'is not distinct from', p('ownerId'))
    .where('apps.deleted_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p('limit'))

const selectEvents = statement((p: Placeholder<Asked>) => eventsOf(p, null))

const selectEventsOfOutcome = statement((p: Placeholder<Asked & { outcome: FlowOutcome }>) =>
  eventsOf(p, p('outcome')),
)

/** A part of an app's flow log, newest first; undefined for an app that is not this owner's. */
export function* listFlowEvents({
  outcome,
  ...asked
}: FlowLogPage): Verb<readonly StoredFlowEvent[] | undefined> {
  const rows =
    outcome === null
      ? yield* all(selectEvents, asked)
      : yield* all(selectEventsOfOutcome, { ...asked, outcome })
  return rows.length === 0 ? undefined : rows.flatMap(toEvent)
}

type EventRow = typeof selectEvents extends { types?: (values: Asked) => infer O } ? O : never

function toEvent({ id, at, step, outcome, code, reason, request_id, sent }: EventRow): StoredFlowEvent[] {
  // A column of a left join is null only where there is no event.
  if (id === null || at === null || step === null || outcome === null || request_id === null) return []
  return [
    { id, at, step, outcome, code, reason: toReason(reason), requestId: request_id, sent: toSent(sent) },
  ]
}
