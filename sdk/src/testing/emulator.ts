import { type EmulatedState, readState } from './emulator-state.ts'

/** What goes wrong at a request to the emulator, on purpose. */
export type EmulatedFault =
  | 'expired_token'
  | 'slow'
  | 'offline'
  | 'consent_denied'
  | 'reuse_detected'
  | 'rate_limited'

/** Whose requests a fault meets, and for how long. */
export interface FaultOptions {
  /** The app whose requests it meets; those of every app by default. */
  readonly apiKey?: string | undefined
  /** `next`, the default: one request alone; `ended`: every one, until `endFaults()`. */
  readonly until?: 'next' | 'ended' | undefined
  /** For `slow`, how long the answer takes (12); for `rate_limited`, how long the server asks to wait (5). */
  readonly seconds?: number | undefined
}

/** A server of `stagedoor dev` that tests drive. */
export interface Emulator {
  /** Where it is; pass it as `apiEndpoint`. */
  readonly url: string
  /** How everything stands: accounts, apps, mails, what logins came to, the server’s time, the faults that wait. */
  state(): Promise<EmulatedState>
  /**
   * Has something go wrong.
   *
   * @param kind What.
   * @param options Whose requests it meets, and for how long.
   */
  fault(kind: EmulatedFault, options?: FaultOptions): Promise<void>
  /** Ends all faults; answers that are held back go out. */
  endFaults(): Promise<void>
  /**
   * Moves the server’s time on. It goes back by `reset()` alone.
   *
   * @param by How far.
   */
  forward(by: { readonly seconds?: number; readonly hours?: number }): Promise<void>
  /** Starts the server anew with nothing but the samples; resolves when it is there. */
  reset(): Promise<void>
}

const json = { accept: 'application/json', 'content-type': 'application/json' }

/** Milliseconds between two looks at a server that starts anew. */
const lookEvery = 20

/**
 * Drives a server of `stagedoor dev` that runs already.
 *
 * @param url Where it is.
 */
export function emulatorAt(url: string): Emulator {
  const { origin } = new URL(url)
  const post = async (path: string, body: object = {}): Promise<Response> => {
    const init = { method: 'POST', headers: json, body: JSON.stringify(body) }
    const response = await fetch(`${origin}/emulator/api${path}`, init)
    if (!response.ok) throw new Error(`The emulator refused: ${await response.text()}`)
    return response
  }
  const state = async (): Promise<EmulatedState> => {
    const response = await fetch(`${origin}/emulator/api`, { headers: json })
    if (!response.ok) throw new Error(`There is no emulator at ${origin}: only stagedoor dev has one.`)
    return readState(await response.json())
  }
  const isAnew = async (instance: string): Promise<boolean> => {
    try {
      return (await state()).instance !== instance
    } catch {
      return false
    }
  }
  return {
    url: origin,
    state,
    async fault(kind, { apiKey, until, seconds } = {}) {
      await post('/faults', { kind, apiKey, until, seconds })
    },
    async endFaults() {
      await post('/faults/end')
    },
    async forward({ seconds = 0, hours = 0 }) {
      await post('/clock', { seconds: seconds + hours * 3600 })
    },
    async reset() {
      const { instance } = await state()
      await post('/reset')
      while (!(await isAnew(instance))) await new Promise((resolve) => setTimeout(resolve, lookEvery))
    },
  }
}
