import { interaction } from '../../errors/interaction.ts'
import { badBody, invalidRequest } from '../../errors/oauth.ts'
import { json, type Reply, type Request } from '../../http/message.ts'
import { mediaTypeOf, readJsonBody } from '../../http/params.ts'
import { mostAheadMs } from '../../usage/emulator/emulator.ts'
import { worded } from '../../usage/reasons.ts'
import type { EmulatorDeps } from './emulator-deps.ts'
import { readFault, readSeconds } from './read-fault.ts'

/** `GET /emulator/api`: how everything stands, for tests. */
export async function state(_request: Request, deps: EmulatorDeps): Promise<Reply> {
  const { emulator, outbox, store } = deps
  const [users, apps] = await Promise.all([store.findUsers(''), store.listApps()])
  return json(200, {
    instance: emulator.instance,
    now: new Date(deps.clock()).toISOString(),
    aheadSeconds: emulator.ahead() / 1000,
    faults: emulator.faults.list(),
    accounts: users.map(({ id, handle, name, email, emailStatus }) => ({
      userId: id,
      ...{ handle, name, email, emailStatus },
    })),
    apps: apps.map(({ apiKey, name, redirectUris }) => ({ apiKey, name, redirectUris })),
    mails: (outbox?.list() ?? []).map(({ at, ...mail }) => ({ ...mail, at: new Date(at).toISOString() })),
    flows: emulator.flows().map(({ at, ...flow }) => ({ ...worded(flow), at: new Date(at).toISOString() })),
  })
}

/** `POST /emulator/api/clock`: moves the server's time on by `seconds`. */
export function forward(request: Request, deps: EmulatorDeps): Promise<Reply> {
  const seconds = readSeconds(bodyOf(request, deps)['seconds'] ?? '', mostAheadMs / 1000)
  if (seconds === undefined)
    throw invalidRequest(`seconds must be a whole number from 1 to ${mostAheadMs / 1000}.`)
  deps.emulator.forward(seconds * 1000)
  return state(request, deps)
}

/** `POST /emulator/api/faults`: adds a fault. */
export function addFault(request: Request, deps: EmulatorDeps): Promise<Reply> {
  const { kind, apiKey, until, seconds } = bodyOf(request, deps)
  const fault = readFault({ kind, apiKey, until, seconds })
  if (typeof fault === 'string') throw invalidRequest(fault)
  deps.emulator.faults.add(fault)
  return state(request, deps)
}

/** `POST /emulator/api/faults/end`: ends all faults. */
export function endFaults(request: Request, deps: EmulatorDeps): Promise<Reply> {
  bodyOf(request, deps)
  deps.emulator.faults.end()
  return state(request, deps)
}

/** `POST /emulator/api/reset`: starts anew; `GET /emulator/api` answers another `instance` once that is done. */
export function reset(request: Request, deps: EmulatorDeps): Reply {
  bodyOf(request, deps)
  const { reset, instance } = deps.emulator
  if (reset === null)
    throw invalidRequest('Only a server of stagedoor dev on a database of its own can be reset.')
  reset()
  return json(202, { instance }, { connection: 'close' })
}

/** The members of a body that are text or numbers. No page of another site can send JSON without being asked first. */
function bodyOf(request: Request, deps: EmulatorDeps): Readonly<Record<string, string | undefined>> {
  const origin = request.header('origin')
  if (origin !== undefined && origin !== deps.issuer)
    throw interaction.forged().with({ reason: 'Origin is another site' })
  const type = request.header('content-type') ?? ''
  if (mediaTypeOf(type) !== 'application/json') throw badBody.contentType()
  const body = readJsonBody(type, request.body)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badBody.malformed()
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  )
}
