import type { Request } from '../../message.ts'
import { readForm } from '../../oauth/params.ts'
import { interaction } from '../../page-errors.ts'
import type { FlowOutcome, StoredFlowEvent } from '../../store/store.ts'
import { memberPage } from '../member.ts'
import { pageOf, showMember } from '../show.ts'
import { flowLogPage } from '../views/developers/flow-log.tsx'
import type { DeveloperDeps } from './developer-deps.ts'
import { listed } from './listed.ts'
import { ownApp } from './own-app.ts'
import { utcOf } from './utc.ts'

const week = 7 * 86_400_000
const ofOnePage = 50
const outcomes: readonly FlowOutcome[] = ['done', 'refused', 'cancelled']

/** `GET /developers/{api_key}/log`: what the logins of the last 7 days came to, newest first. */
export const showLog = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const app = await ownApp(member, request, deps)
  const { outcome, before } = askedOf(request)
  await deps.usage.flush()
  const found = await deps.store.listFlowEvents({
    apiKey: app.apiKey,
    ownerId: member.session.user.id,
    since: deps.clock() - week,
    outcome,
    before: before ?? Number.MAX_SAFE_INTEGER,
    limit: ofOnePage + 1,
  })
  if (found === undefined) throw interaction.noPage()
  const events = found.slice(0, ofOnePage)
  const page = flowLogPage({
    page: pageOf(deps),
    app: listed(app, deps),
    outcome,
    events: events.map(wordsOf),
    isNewest: before === null,
    older: found.length > ofOnePage ? (events.at(-1)?.id ?? null) : null,
  })
  return showMember(200, page, member.cookies)
})

// A link that was mistyped leads to the newest of all.
function askedOf({ query }: Request): {
  readonly outcome: FlowOutcome | null
  readonly before: number | null
} {
  const params = readForm(query)
  const before = params.get('before') ?? ''
  return {
    outcome: outcomes.find((name) => name === params.get('outcome')) ?? null,
    before: /^\d{1,15}$/.test(before) ? Number(before) : null,
  }
}

function wordsOf({ at, ...event }: StoredFlowEvent) {
  return { ...event, iso: new Date(at).toISOString(), at: utcOf(at) }
}
