import { parseApiKey } from '../../oauth/client-id.ts'
import { readForm } from '../../oauth/params.ts'
import { interaction } from '../../page-errors.ts'
import type { FlowOutcome, StoredFlowEvent } from '../../store/store.ts'
import { memberPage } from '../member.ts'
import { pageOf, showMember } from '../show.ts'
import { flowLogPage } from '../views/developers/flow-log.tsx'
import type { DeveloperDeps } from './developer-deps.ts'

const week = 7 * 86_400_000
const ofOnePage = 50
const outcomes: readonly FlowOutcome[] = ['done', 'refused', 'cancelled']

/** `GET /developers/{api_key}/log`: what the logins of the last 7 days came to, newest first. */
export const showLog = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const apiKey = parseApiKey(request.path('api_key'))
  const query = readForm(request.query)
  const outcome = outcomes.find((name) => name === query.get('outcome')) ?? null
  const before = /^\d{1,15}$/.test(query.get('before') ?? '') ? Number(query.get('before')) : null
  if (apiKey === undefined) throw interaction.noPage()
  await deps.usage.flush()
  const log = await deps.store.listFlowEvents({
    apiKey,
    ownerId: member.session.user.id,
    since: deps.clock() - week,
    outcome,
    before: before ?? Number.MAX_SAFE_INTEGER,
    limit: ofOnePage + 1,
  })
  if (log === undefined) throw interaction.noPage()
  const events = log.events.slice(0, ofOnePage)
  const page = flowLogPage({
    page: pageOf(deps),
    apiKey,
    appName: log.appName,
    outcome,
    events: events.map(wordsOf),
    isNewest: before === null,
    older: log.events.length > ofOnePage ? (events.at(-1)?.id ?? null) : null,
  })
  return showMember(200, page, member.cookies)
})

function wordsOf({ id, at, step, outcome, code, reason, requestId }: StoredFlowEvent) {
  const iso = new Date(at).toISOString()
  return {
    id,
    iso,
    at: `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`,
    step,
    outcome,
    code,
    reason,
    requestId,
  }
}
