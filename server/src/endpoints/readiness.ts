import { route } from '../errors/oauth.ts'
import { json, type Reply } from '../http/message.ts'
import type { Traffic } from '../http/traffic.ts'
import type { Store } from '../store/contract/store.ts'

/** Milliseconds for which one look at the store answers everybody: strangers cause no more writes than this allows. */
const freshMs = 1000

/** Answers whether this server can do its work: it is not about to stop, and its store can be written to. */
export function readiness({
  store,
  traffic,
}: {
  readonly store: Store
  readonly traffic: Traffic
}): () => Promise<Reply> {
  let looked = Number.NEGATIVE_INFINITY
  let look: Promise<void> = Promise.resolve()
  return async () => {
    if (traffic.isDraining) throw route.unavailable().with({ reason: 'the server is stopping' })
    if (performance.now() - looked >= freshMs) {
      looked = performance.now()
      look = store.ping()
    }
    await look
    return json(200, { status: 'ready' })
  }
}
