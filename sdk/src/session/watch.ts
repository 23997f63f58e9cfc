import { FIRST_RETRY, LAST_RETRY } from '../durations.ts'
import { isStagedoorError } from '../errors/errors.ts'
import type { SessionContext } from './context.ts'

/** The watches of this page: `storage` tells a page nothing of what it writes itself. */
const watches = new Set<() => void>()

/**
 * Keeps what is known of the session up to date: hears what other tabs do, and tries an unreachable server again.
 *
 * @returns How to stop.
 */
export function watch({ platform, session, observed }: SessionContext): () => void {
  const { on, randomBytes } = platform
  let attempt = 0
  let hasLogouts = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let login = session.login()
  let stopped = false

  const cancel = () => {
    clearTimeout(timer)
    timer = undefined
  }

  function plan() {
    if (observed.snapshot().status !== 'unreachable' && !hasLogouts) {
      attempt = 0
      cancel()
    } else if (!timer && !stopped) {
      const [jitter = 0] = randomBytes(1)
      const backoff = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** attempt) * (0.5 + jitter / 510)
      timer = setTimeout(check, Math.max(backoff, session.pause()))
      attempt += 1
    }
  }

  /** Nobody awaits these looks, so their errors are told; that the server is unreachable is told already. */
  async function look(how: () => Promise<unknown>) {
    try {
      await how()
    } catch (error) {
      // The app's own fault, or ours: it must show.
      if (!isStagedoorError(error)) throw error
      if (!error.retryable) observed.emit({ type: 'error', error })
    } finally {
      plan()
    }
  }

  function check() {
    cancel()
    look(async () => {
      hasLogouts = await session.sendLogouts()
      await (observed.snapshot().status === 'unreachable' ? session.refresh() : session.valid())
      await compare()
    })
  }

  async function compare() {
    const now = session.login()
    if (now === login) return
    const before = observed.snapshot()
    const token = await session.valid()
    login = now
    const isUnseen = before === observed.snapshot()
    if (token && now && isUnseen)
      observed.transition('authenticated', { type: 'signed-in', how: 'other-tab' })
  }

  const onStorage = () => look(compare)
  watches.add(onStorage)
  const stops = [
    observed.add((event) => {
      if (!event) return plan()
      // A refresh may be of somebody else's session, of which nothing was told yet.
      if (event.type.startsWith('signed-')) login = session.login()
      for (const other of [...watches]) other()
    }),
    on('online', check),
    // A page that comes back from the back/forward cache was told of nothing meanwhile.
    on('pageshow', check),
    on('storage', onStorage),
    () => watches.delete(onStorage),
    cancel,
  ]
  check()
  return () => {
    stopped = true
    for (const stop of stops) stop()
  }
}
