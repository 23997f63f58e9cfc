import { interaction } from '../../errors/interaction.ts'
import { type Reply, type Request, seeOther } from '../../http/message.ts'
import { mostAheadMs } from '../../usage/emulator/emulator.ts'
import { faultKinds, mostSeconds } from '../../usage/emulator/faults.ts'
import { everyApp } from '../../usage/live-log.ts'
import { worded } from '../../usage/reasons.ts'
import { utcOf } from '../developers/utc.ts'
import { pageOf, render } from '../render.ts'
import { browserOf, submission } from '../session/browser.ts'
import type { EmulatorDeps } from './emulator-deps.ts'
import { emulatorPage, resettingPage } from './page.tsx'
import { readFault, readSeconds } from './read-fault.ts'

/** `GET /emulator`: what this server in development has, and what it can be told to do. */
export const showEmulator = (request: Request, deps: EmulatorDeps): Promise<Reply> =>
  shown(200, request, null, deps)

async function shown(
  status: number,
  request: Request,
  wrong: string | null,
  deps: EmulatorDeps,
): Promise<Reply> {
  const { emulator, outbox, store } = deps
  const { csrf, cookies } = await browserOf(request, deps)
  const [users, apps] = await Promise.all([store.findUsers(''), store.listApps()])
  const nameOf = (apiKey: string | null) =>
    apiKey === null ? null : (apps.find((app) => app.apiKey === apiKey)?.name ?? apiKey)
  const page = emulatorPage({
    page: pageOf(deps),
    csrf,
    wrong,
    now: utcOf(deps.clock()),
    aheadMs: emulator.ahead(),
    faults: emulator.faults.list().map((fault) => ({ ...fault, app: nameOf(fault.apiKey) })),
    kinds: Object.entries(faultKinds),
    mostSeconds,
    accounts: users,
    apps,
    mails:
      outbox === null
        ? null
        : outbox
            .list()
            .slice(0, 10)
            .map(({ at, ...mail }) => ({ ...mail, at: utcOf(at) })),
    flows: emulator.flows().map((flow, place) => ({
      ...worded(flow),
      id: place,
      iso: new Date(flow.at).toISOString(),
      at: utcOf(flow.at),
      app: nameOf(flow.apiKey) ?? '',
    })),
    canReset: emulator.reset !== null,
  })
  return render(status, page, null, cookies, 'run')
}

/** `GET /emulator/events`: server-sent events, one whenever something happens in the login of any app. */
export function followFlows(request: Request, { usage }: EmulatorDeps): Reply {
  const headers = { 'content-type': 'text/event-stream; charset=utf-8' }
  if (request.method === 'HEAD') return { status: 200, headers, body: '' }
  const stream = usage.live.follow({ apiKey: everyApp, ownerId: 0 }, async () => true)
  if (stream === undefined) throw interaction.tooManyOpen()
  return { status: 200, headers, body: stream }
}

/** `POST /emulator/clock`: moves the server's time on. */
export async function sendForward(request: Request, deps: EmulatorDeps): Promise<Reply> {
  const { form } = await submission(request, deps)
  const hours = form.get('hours')
  const most = mostAheadMs / 1000
  const seconds =
    hours === undefined
      ? readSeconds(form.get('seconds') ?? '', most)
      : (readSeconds(hours, most / 3600) ?? 0) * 3600
  if (!seconds) return shown(422, request, 'Say by how many seconds or hours, as a whole number.', deps)
  deps.emulator.forward(seconds * 1000)
  return seeOther('/emulator#clock')
}

/** `POST /emulator/faults`: adds a fault. */
export async function sendFault(request: Request, deps: EmulatorDeps): Promise<Reply> {
  const { form } = await submission(request, deps)
  const fault = readFault({
    kind: form.get('kind'),
    apiKey: form.get('app'),
    until: form.get('until'),
    seconds: form.get('seconds'),
  })
  if (typeof fault === 'string') return shown(422, request, fault, deps)
  deps.emulator.faults.add(fault)
  return seeOther('/emulator#faults')
}

/** `POST /emulator/faults/end`: ends all faults. */
export async function sendFaultsEnd(request: Request, deps: EmulatorDeps): Promise<Reply> {
  await submission(request, deps)
  deps.emulator.faults.end()
  return seeOther('/emulator#faults')
}

/** `POST /emulator/reset`: starts anew with nothing but the samples. */
export async function sendReset(request: Request, deps: EmulatorDeps): Promise<Reply> {
  await submission(request, deps)
  const { reset } = deps.emulator
  if (reset === null) throw interaction.noPage()
  reset()
  const reply = render(200, resettingPage({ page: pageOf(deps) }), null, [])
  return { ...reply, headers: { ...reply.headers, connection: 'close', refresh: '2;url=/emulator' } }
}
