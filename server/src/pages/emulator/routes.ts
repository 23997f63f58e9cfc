import type { Reply, Request } from '../../http/message.ts'
import type { DeveloperDeps } from '../developers/developer-deps.ts'
import { showOutbox } from '../outbox.ts'
import type { PageDeps } from '../page-deps.ts'
import { addFault, endFaults, forward, reset, state } from './api.ts'
import type { EmulatorDeps } from './emulator-deps.ts'
import { followFlows, sendFault, sendFaultsEnd, sendForward, sendReset, showEmulator } from './page.ts'

type EmulatorPage<Deps> = readonly [
  method: 'GET' | 'POST',
  path: string,
  answer: (request: Request, deps: Deps) => Reply | Promise<Reply>,
]

/** The emulator, on a server in development alone: its page and forms for people, and the same as JSON for tests. */
export const emulatorPages: readonly EmulatorPage<EmulatorDeps>[] = [
  ['GET', '/emulator', showEmulator],
  ['GET', '/emulator/events', followFlows],
  ['POST', '/emulator/clock', sendForward],
  ['POST', '/emulator/faults', sendFault],
  ['POST', '/emulator/faults/end', sendFaultsEnd],
  ['POST', '/emulator/reset', sendReset],
  ['GET', '/emulator/api', state],
  ['POST', '/emulator/api/clock', forward],
  ['POST', '/emulator/api/faults', addFault],
  ['POST', '/emulator/api/faults/end', endFaults],
  ['POST', '/emulator/api/reset', reset],
]

/** What a server in development alone has: its emulator, and the mail that it kept. */
export function emulatorPagesOf({
  emulator,
  outbox,
}: Pick<PageDeps, 'emulator' | 'outbox'>): readonly EmulatorPage<DeveloperDeps>[] {
  if (emulator === null) return []
  const pages: readonly EmulatorPage<DeveloperDeps>[] = emulatorPages.map(([method, path, answer]) => [
    method,
    path,
    (request, deps) => answer(request, { ...deps, emulator }),
  ])
  return outbox === null ? pages : [...pages, ['GET', '/dev/outbox', (_, deps) => showOutbox(outbox, deps)]]
}
