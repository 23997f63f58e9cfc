import { isStagedoorError } from './errors.ts'
import type { Observed } from './events.ts'
import type { Platform } from './platform.ts'
import type { Session } from './session.ts'

const FIRST_RETRY = 1000
const LAST_RETRY = 60_000

/**
 * Keeps what is known of the session up to date: hears what other tabs do, and tries an unreachable server again.
 *
 * @returns How to stop.
 */
export function watch({ hear, randomBytes }: Platform, session: Session, observed: Observed): () => void {
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let login = session.login()
  let stopped = false

  const cancel = () => {
    clearTimeout(timer)
    timer = undefined
  }

  function plan() {
    if (observed.snapshot().status !== 'unreachable') {
      attempt = 0
      cancel()
    } else if (!timer && !stopped) {
      const [jitter = 0] = randomBytes(1)
      timer = setTimeout(check, Math.min(LAST_RETRY, FIRST_RETRY * 2 ** attempt) * (0.5 + jitter / 510))
      attempt += 1
    }
  }

  /** Nobody awaits these looks, so their errors are told; that the server is unreachable is told already. */
  async function look(how: () => Promise<unknown>) {
    try {
      await how()
    } catch (error) {
      if (isStagedoorError(error) && !error.retryable) observed.tell({ type: 'error', error })
    }
    plan()
  }

  function check() {
    cancel()
    look(() => (observed.snapshot().status === 'unreachable' ? session.refresh() : session.valid()))
  }

  async function compare() {
    const now = session.login()
    if (now === login) return
    login = now
    const before = observed.snapshot()
    const token = await session.valid()
    const isUnseen = before === observed.snapshot()
    if (token && now && isUnseen) observed.become('authenticated', { type: 'signed-in', how: 'other-tab' })
  }

  const stops = [
    observed.add((event) => {
      // Of its own writes a page hears nothing.
      if (event) login = session.login()
      else plan()
    }),
    hear('online', check),
    hear('storage', () => look(compare)),
    cancel,
  ]
  check()
  return () => {
    stopped = true
    for (const stop of stops) stop()
  }
}
