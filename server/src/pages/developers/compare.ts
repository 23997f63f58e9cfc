import { interaction } from '../../errors/interaction.ts'
import { readForm } from '../../http/params.ts'
import { lifetimes } from '../../limits.ts'
import type { StoredFlowEvent } from '../../store/contract/store.ts'
import { pageOf, renderMember } from '../render.ts'
import { memberPage } from '../session/member.ts'
import { type ComparedEvent, comparePage } from '../views/developers/compare.tsx'
import type { DeveloperDeps } from './developer-deps.ts'
import { findFlowEvent, shownEvent } from './flow-event.ts'
import { listed } from './listed.ts'
import { ownApp } from './own-app.ts'

/** Events that are looked through for others of the same step. */
const lookedThrough = 500
const mostOthers = 20

/**
 * `GET /developers/{api_key}/log/compare`: two events of the same step side by side: `one`, and `other` or else the newest that
 * came to another end.
 * @throws PageError 404 for an event that is not, or no longer, in the log
 */
export const compareEvents = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const app = await ownApp(member, request, deps)
  const own = { apiKey: app.apiKey, ownerId: member.session.user.id }
  const query = readForm(request.query)
  await deps.usage.flush()
  const one = await named(query.get('one'))
  const newest =
    (await deps.store.listFlowEvents({
      ...{ ...own, outcome: null, limit: lookedThrough, before: Number.MAX_SAFE_INTEGER },
      since: deps.clock() - lifetimes.flowLog,
    })) ?? []
  const others = newest.filter(({ id, step }) => step === one.step && id !== one.id)
  const other =
    query.get('other') !== undefined
      ? await named(query.get('other'))
      : (others.find(({ outcome }) => outcome !== one.outcome) ?? others[0])
  const page = comparePage({
    page: pageOf(deps),
    app: listed(app, deps),
    one: comparedOf(one),
    other: other === undefined ? null : comparedOf(other),
    others: others.slice(0, mostOthers).map(shownEvent),
  })
  return renderMember(200, page, member.cookies)

  async function named(id: string | undefined): Promise<StoredFlowEvent> {
    const event = /^\d{1,15}$/.test(id ?? '') ? await findFlowEvent(own, Number(id), deps) : undefined
    if (event === undefined) throw interaction.noPage()
    return event
  }
})

const comparedOf = (event: StoredFlowEvent): ComparedEvent => ({ ...shownEvent(event), sent: event.sent })
