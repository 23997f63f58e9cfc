import { interaction } from '../../errors/interaction.ts'
import type { Request } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { lifetimes } from '../../limits.ts'
import type { FlowOutcome, StoredFlowEvent } from '../../store/contract/store.ts'
import { newestFirst } from '../../usage/in-order.ts'
import { worded } from '../../usage/reasons.ts'
import { keptEvents } from '../../usage/start.ts'
import { pageOf, renderMember } from '../render.ts'
import { type Member, memberPage } from '../session/member.ts'
import { flowLogPage } from '../views/developers/flow-log.tsx'
import { causesOf, mostOfCauses } from './causes.ts'
import { csvFile } from './csv-file.ts'
import type { DeveloperDeps } from './developer-deps.ts'
import { explainedAddress } from './explained.ts'
import { shownEvent } from './flow-event.ts'
import { listed } from './listed.ts'
import { ownApp } from './own-app.ts'

const ofOnePage = 50
const outcomes: readonly FlowOutcome[] = ['done', 'refused', 'cancelled']

/** `GET /developers/{api_key}/log`: what the logins of the last 7 days came to, newest first. */
export const showLog = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const { outcome, before, words } = askedOf(request)
  const limit = words === '' ? ofOnePage + 1 : keptEvents
  const { app, events: all } = await logOf(member, request, { outcome, before, limit }, deps)
  const found = all.filter((event) => fits(worded(event), words))
  const events = found.slice(0, ofOnePage)
  const ofCauses = { outcome: 'refused', before: null, limit: mostOfCauses } as const
  const { events: refused } = await logOf(member, request, ofCauses, deps)
  const page = flowLogPage({
    page: pageOf(deps),
    app: listed(app, deps),
    outcome,
    words,
    events: newestFirst(events).map((event) => ({
      ...shownEvent(event),
      explained: explainedAddress({ apiKey: app.apiKey, eventId: event.id }, deps),
      compared: `/developers/${app.apiKey}/log/compare?one=${event.id}`,
    })),
    causes: before === null && words === '' && outcome !== 'done' ? causesOf(refused) : [],
    isNewest: before === null,
    older: found.length > ofOnePage ? (events.at(-1)?.id ?? null) : null,
  })
  return renderMember(200, page, member.cookies)
})

/** `GET /developers/{api_key}/log.csv`: the same of all 7 days, to save. */
export const saveLog = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const { outcome, words } = askedOf(request)
  const { app, events } = await logOf(member, request, { outcome, before: null, limit: keptEvents }, deps)
  const found = newestFirst(events)
    .map(worded)
    .filter((event) => fits(event, words))
  const rows = found.map(({ at, step, outcome, code, reason, requestId }) => [
    new Date(at).toISOString(),
    step,
    outcome,
    code ?? '',
    reason ?? '',
    requestId,
  ])
  const name = outcome === null ? 'log' : `log-${outcome}`
  return csvFile({ name, columns, rows }, app.apiKey, member, request, deps)
})

const columns = ['time', 'step', 'outcome', 'error', 'reason', 'request_id']

interface Part {
  readonly outcome: FlowOutcome | null
  readonly before: number | null
  readonly limit: number
}

async function logOf(member: Member, request: Request, part: Part, deps: DeveloperDeps) {
  const app = await ownApp(member, request, deps)
  await deps.usage.flush()
  const events = await deps.store.listFlowEvents({
    ...part,
    apiKey: app.apiKey,
    ownerId: member.session.user.id,
    since: deps.clock() - lifetimes.flowLog,
    before: part.before ?? Number.MAX_SAFE_INTEGER,
  })
  if (events === undefined) throw interaction.noPage()
  return { app, events }
}

type WordedEvent = ReturnType<typeof worded<StoredFlowEvent>>

/** Whether an event has these words in what is shown of it. */
const fits = ({ code, reason, requestId }: WordedEvent, words: string): boolean =>
  [code ?? '', reason ?? '', requestId].some((text) => text.toLowerCase().includes(words.toLowerCase()))

// A link that was mistyped leads to the newest of all.
function askedOf({ query }: Request): {
  readonly outcome: FlowOutcome | null
  readonly before: number | null
  readonly words: string
} {
  const params = readForm(query)
  const before = params.get('before') ?? ''
  return {
    outcome: outcomes.find((name) => name === params.get('outcome')) ?? null,
    before: /^\d{1,15}$/.test(before) ? Number(before) : null,
    words: (params.get('q') ?? '').trim().slice(0, 100),
  }
}
