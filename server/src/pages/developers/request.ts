import { interaction } from '../../errors/interaction.ts'
import type { Reply, Request } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { lifetimes } from '../../limits.ts'
import { errorWords } from '../docs/error-words.ts'
import { pageOf, render } from '../render.ts'
import { explainedPage } from '../views/developers/explained.tsx'
import type { DeveloperDeps } from './developer-deps.ts'
import { explainedBy } from './explained.ts'
import { findFlowEvent, shownEvent } from './flow-event.ts'
import { replayOf } from './replay.ts'
import { utcOf } from './utc.ts'

/**
 * `GET /developers/requests`: explains one event of an app's log to whoever has its address, for as long as the log has it.
 * @throws PageError 404 for an address that was given to nobody, and once its event has gone
 */
export async function explainRequest(request: Request, deps: DeveloperDeps): Promise<Reply> {
  const explained = explainedBy(readForm(request.query).get('id') ?? '', deps)
  const app = explained && (await deps.store.findApp(explained.apiKey))
  if (explained === undefined || app?.ownerId == null) throw interaction.explanationEnded()
  const { apiKey, ownerId } = app
  const event = await findFlowEvent({ apiKey, ownerId }, explained.eventId, deps)
  if (event === undefined) throw interaction.explanationEnded()
  const { at, code, sent } = event
  const page = explainedPage({
    page: pageOf(deps),
    appName: app.name,
    event: shownEvent(event),
    next: errorWords.find((words) => words.code === code)?.next ?? null,
    sent,
    replay: replayOf(sent, app),
    until: utcOf(at + lifetimes.flowLog),
  })
  return render(200, page, null, [])
}
