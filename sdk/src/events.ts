import type { StagedoorError } from './errors.ts'

/**
 * What is known of the session. `loading` until it was looked at for the first time; `unreachable` while it is kept but
 * the server could not renew it.
 */
export interface SessionSnapshot {
  readonly status: 'loading' | 'authenticated' | 'unreachable' | 'signed-out'
}

/** What can happen to a session, as `on` tells it. */
export type SessionEvent =
  | { readonly type: 'signed-in'; readonly how: 'popup' | 'page' | 'restored' | 'other-tab' }
  | { readonly type: 'signed-out'; readonly why: 'logout' | 'expired' | 'other-tab' }
  | { readonly type: 'refreshed' }
  | { readonly type: 'unreachable'; readonly error: StagedoorError }
  | { readonly type: 'error'; readonly error: StagedoorError }

/** Called with what happened, or with null when the snapshot is another. */
export type Listener = (event: SessionEvent | null) => void

/** The session as others see it. */
export interface Observed {
  snapshot(): SessionSnapshot
  /** Moves on to a status and tells what happened. A login is news even to who is logged in. */
  become(status: SessionSnapshot['status'], event?: SessionEvent | false): void
  tell(event: SessionEvent | null): void
  add(listener: Listener): () => void
}

export function observed(): Observed {
  let snapshot: SessionSnapshot = Object.freeze({ status: 'loading' })
  const listeners = new Set<Listener>()
  const tell: Observed['tell'] = (event) => {
    for (const listener of [...listeners]) {
      try {
        listener(event)
      } catch {
        // The app's own: neither the session nor the other listeners may suffer from it.
      }
    }
  }
  return {
    snapshot: () => snapshot,
    become: (status, event) => {
      const isNews = event && event.type === 'signed-in'
      if (isNews || status !== snapshot.status) {
        snapshot = Object.freeze({ status })
        tell(null)
      }
      if (event) tell(event)
    },
    tell,
    add: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type Watch = (listener: Listener) => () => void

/** Adds listeners, and runs the watch while there are any. */
export function watchedBy({ add, tell }: Observed, start: () => Promise<() => void>): Watch {
  const listeners = new Set<Listener>()
  let running = Promise.resolve(() => {})
  return (listener) => {
    // The same function may listen twice.
    const own: Listener = (event) => listener(event)
    const remove = add(own)
    if (listeners.size === 0) {
      running = start().catch((error) => {
        tell({ type: 'error', error })
        return () => {}
      })
    }
    listeners.add(own)
    return () => {
      remove()
      if (listeners.delete(own) && listeners.size === 0) running.then((stop) => stop())
    }
  }
}
