import type { Reply, Request } from '../../http/message.ts'
import { addFault, endFaults, forward, reset, state } from './api.ts'
import type { EmulatorDeps } from './emulator-deps.ts'
import { followFlows, sendFault, sendFaultsEnd, sendForward, sendReset, showEmulator } from './page.ts'

/** The emulator, on a server in development alone: its page and forms for people, and the same as JSON for tests. */
export const emulatorPages: readonly (readonly [
  method: 'GET' | 'POST',
  path: string,
  answer: (request: Request, deps: EmulatorDeps) => Reply | Promise<Reply>,
])[] = [
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
