import { parseApiKey } from '../apps/api-key.ts'
import { RedirectError } from '../errors/oauth.ts'
import type { Reply, Request } from '../http/message.ts'
import { type Params, readForm, sentBody } from '../http/params.ts'
import { openPushed, type PushDeps } from '../oauth/pushed-request.ts'
import type { FlowStep } from '../store/contract/store.ts'
import type { KnownApps } from './known-apps.ts'
import type { Recorder } from './recorder.ts'
import { type Observed, recordingStore, type Watched } from './recording-store.ts'
import { refusalOf } from './refusal.ts'
import { sentRequest } from './sent-request.ts'

export interface FlowDeps extends Watched {
  readonly recorder: Recorder
  readonly knownApps: KnownApps
  readonly sealer: PushDeps['sealer']
}

/**
 * Answers a request of a login, and notes for its app what it came to.
 * @param step the step that a refusal belongs to
 * @param answer gets what to use for this request
 */
export async function watchFlow(
  step: FlowStep,
  request: Request,
  answer: (watched: Watched) => Reply | Promise<Reply>,
  deps: FlowDeps,
): Promise<Reply> {
  const sent = () => sentRequest(request, claimOf(request, deps.sealer))
  const seen: Observed = { apiKey: null, sent }
  try {
    return await answer(recordingStore(request.requestId, seen, deps))
  } catch (error) {
    const claim = claimOf(request, deps.sealer)
    const apiKey = seen.apiKey ?? (await namedApp(claim, deps.knownApps))
    if (apiKey !== null)
      deps.recorder.ended(apiKey, {
        ...refusalOf(error),
        step: step === 'token' && claim?.get('grant_type') === 'refresh_token' ? 'refresh' : step,
        outcome: isCancellation(error) ? 'cancelled' : 'refused',
        requestId: request.requestId,
        sent: sentRequest(request, claim),
      })
    throw error
  }
}

const isCancellation = (error: unknown): boolean =>
  error instanceof RedirectError && error.code === 'access_denied'

// What a request says of itself, however wrong the rest of it is; what was pushed, where it names that.
function claimOf(request: Request, sealer: PushDeps['sealer']): Params | undefined {
  try {
    const query = readForm(request.query)
    const said =
      request.body.length > 0
        ? sentBody(request.header('content-type'), request.body)
        : openPushed(query.get('request_uri'), sealer)?.pushed
    return said === undefined ? query : { ...said, get: (name) => said.get(name) ?? query.get(name) }
  } catch {
    return undefined
  }
}

async function namedApp(claim: Params | undefined, isKnown: KnownApps): Promise<string | null> {
  const apiKey = parseApiKey(claim?.get('client_id') ?? claim?.get('api_key') ?? '')
  return apiKey !== undefined && (await isKnown(apiKey)) ? apiKey : null
}
