import { setTimeout as wait } from 'node:timers/promises'
import { parseApiKey } from '../../apps/api-key.ts'
import { read } from '../../crypto/secret.ts'
import { refusedRequest } from '../../errors/authorization.ts'
import { bearer } from '../../errors/bearer.ts'
import { token } from '../../errors/oauth.ts'
import { json, type Reply, type Request } from '../../http/message.ts'
import { type Params, readForm, sentBody } from '../../http/params.ts'
import type { Route } from '../../http/route.ts'
import { validRequest } from '../../oauth/authorization-request.ts'
import type { AuthorizeDeps } from '../../oauth/authorize.ts'
import { presentedToken, type TokenScheme } from '../../oauth/bearer.ts'
import { provenClient } from '../../oauth/client.ts'
import { pushedParams } from '../../oauth/pushed-request.ts'
import { TooMany } from '../../rate-limits/too-many.ts'
import type { FlowStep } from '../../store/contract/store.ts'
import type { Emulator } from '../../usage/emulator/emulator.ts'
import type { Fault, FaultKind, Faults } from '../../usage/emulator/faults.ts'
import type { Usage } from '../../usage/start.ts'

/** What faults are brought about with. */
export interface FaultDeps extends AuthorizeDeps {
  readonly faults: Faults
  readonly usage: Pick<Usage, 'watchFlow'>
}

const login = 'GET /v1/oauth/authorize'
const isToken = (line: string) => /^POST \/v1\/oauth\/(?:token|revoke)$/.test(line)
const isCall = (line: string) =>
  / \/(?:v1\/(?!oauth\/|openapi)|v1\/oauth\/(?:me|userinfo)$|files|uploads)/.test(line)
const isOfProgram = (line: string) => isToken(line) || isCall(line)

/** Which requests a fault meets, by their method and the path that the route was written with. */
const meets: Readonly<Record<FaultKind, (line: string, request: Request) => boolean>> = {
  expired_token: (line, { authorization }) => isCall(line) && authorization.length > 0,
  slow: isOfProgram,
  offline: isOfProgram,
  rate_limited: isOfProgram,
  consent_denied: (line) => line === login,
  reuse_detected: (line, request) =>
    line === 'POST /v1/oauth/token' && sent(request).get('grant_type') === 'refresh_token',
}

/** The answer of a route, with the faults that wait for its requests. */
function withFaults(
  { method, path, answer }: Pick<Route, 'method' | 'path' | 'answer'>,
  deps: FaultDeps,
): Route['answer'] {
  const line = `${method} ${path}`
  if (!isOfProgram(line) && line !== login) return answer
  return (request) => answered(request, true)

  async function answered(request: Request, maySlow: boolean): Promise<Reply> {
    const { faults } = deps
    const waiting = faults
      .list()
      .filter(({ kind }) => (maySlow || kind !== 'slow') && meets[kind](line, request))
    if (waiting.length === 0) return answer(request)
    const apiKey = await appOf(request, deps)
    const isMet = (each: Fault) => waiting.includes(each) && (each.apiKey === null || each.apiKey === apiKey)
    const slow = faults.take((each) => each.kind === 'slow' && isMet(each))
    // What is slow can go wrong as well, in the end.
    if (slow !== undefined) return bringAbout(slow, request, (late) => answered(late, false), deps)
    const fault = faults.take(isMet)
    return fault === undefined ? answer(request) : bringAbout(fault, request, answer, deps)
  }
}

/** What puts the faults of an emulator before a route. */
export const faultsOf =
  ({ faults }: Pick<Emulator, 'faults'>, deps: Omit<FaultDeps, 'faults'>) =>
  <R extends Pick<Route, 'method' | 'path' | 'answer'>>(route: R): R => ({
    ...route,
    answer: withFaults(route, { ...deps, faults }),
  })

async function bringAbout(
  { kind, seconds }: Fault,
  request: Request,
  answer: Route['answer'],
  deps: FaultDeps,
): Promise<Reply> {
  switch (kind) {
    case 'expired_token':
      throw bearer.dead(presented(request)?.scheme ?? 'Bearer')
    case 'rate_limited':
      throw new TooMany('api', seconds ?? 1)
    case 'slow':
      await held(seconds ?? 1, request, deps.faults)
      return answer(request)
    case 'offline':
      request.stream.destroy()
      return json(503, {})
    case 'consent_denied':
      return refused('authorize', request, await denied(request, deps), deps)
    case 'reuse_detected':
      await endLogin(sent(request).get('refresh_token'), deps)
      return refused('token', request, token.reusedRefresh(), deps)
  }
}

// As a refusal that nobody asked for, it stands in the app's log.
const refused = (step: FlowStep, request: Request, error: Error, deps: FaultDeps): Promise<Reply> =>
  deps.usage.watchFlow(step, request, deps.store, () => {
    throw error
  })

// Whoever is gone is waited for no longer.
async function held(seconds: number, { stream }: Request, faults: Faults): Promise<void> {
  const gone = new AbortController()
  const stop = () => gone.abort()
  stream.once('close', stop)
  const passed = wait(seconds * 1000, undefined, { signal: gone.signal }).catch(() => undefined)
  await Promise.race([passed, faults.ended])
  stream.off('close', stop)
  stop()
}

async function denied({ query }: Request, deps: FaultDeps) {
  const form = readForm(query)
  const params = deps.takesPushed ? pushedParams(form, deps) : form
  const client = await provenClient(params, null, deps)
  return refusedRequest.denied().sentTo(validRequest(params, client, deps.clock(), deps).request)
}

async function endLogin(text: string | undefined, { store, clock }: FaultDeps): Promise<void> {
  const refresh = read('refresh', text ?? '')
  if (refresh !== undefined) await store.revokeToken(refresh.digest, null, clock())
}

/** The app that a request names, or whose access token it bears; null for one that nobody can tell. */
async function appOf(request: Request, { store, clock }: FaultDeps): Promise<string | null> {
  const params = sent(request)
  const query = readForm(request.query)
  const named = params.get('client_id') ?? query.get('client_id') ?? query.get('api_key')
  if (named !== undefined) return parseApiKey(named) ?? null
  const access = read('access', presented(request)?.text ?? '')
  return access === undefined ? null : ((await store.findAccessToken(access.digest, clock()))?.apiKey ?? null)
}

function presented(request: Request): { readonly scheme: TokenScheme; readonly text: string } | undefined {
  try {
    return presentedToken(request)
  } catch {
    return undefined
  }
}

const nothing: Pick<Params, 'get'> = { get: () => undefined }

// What a body says, however wrong the rest of it is.
function sent(request: Request): Pick<Params, 'get'> {
  if (request.body.length === 0) return nothing
  try {
    return sentBody(request.header('content-type'), request.body)
  } catch {
    return nothing
  }
}
