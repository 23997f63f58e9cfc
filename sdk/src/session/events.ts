import type { StagedoorError } from '../errors/errors.ts'

/**
 * What is known of the session. `loading` until it was looked at for the first time; `unreachable` while it is kept but
 * the server could not renew it.
 */
export interface SessionSnapshot {
  /** Whether somebody is logged in, as far as is known. */
  readonly status: 'loading' | 'authenticated' | 'unreachable' | 'signed-out'
}

/** What can happen to a session, as `on` tells it. */
export type SessionEvent =
  | {
      /** Somebody logged in, or was found logged in. */
      readonly type: 'signed-in'
      /** By popup, on the full page, by the tokens found at the start, or in another tab. */
      readonly how: 'popup' | 'page' | 'restored' | 'other-tab'
    }
  | {
      /** Nobody is logged in any more. */
      readonly type: 'signed-out'
      /**
       * The app logged out, the server refused the refresh token, another tab did either, or the key is gone that the
       * tokens were bound to.
       */
      readonly why: 'logout' | 'expired' | 'other-tab' | 'key-lost'
    }
  | {
      /** A new access token was stored. */
      readonly type: 'refreshed'
    }
  | {
      /** The session is kept, but the server could not renew it. */
      readonly type: 'unreachable'
      /** Why: a NetworkError or ApiError. */
      readonly error: StagedoorError
    }
  | {
      /** A logout ended the session here, but the server could not be told: it is told as soon as it can be. */
      readonly type: 'logout-pending'
      /** Why: a NetworkError or ApiError. */
      readonly error: StagedoorError
    }
  | {
      /** The server has heard of a logout, and ended the session too. */
      readonly type: 'logout-sent'
    }
  | {
      /** Something failed in the background, where nobody awaits it. */
      readonly type: 'error'
      /** What failed. */
      readonly error: StagedoorError
    }

/** Called with what happened, or with null when the snapshot is another. */
export type Listener = (event: SessionEvent | null) => void

/** The session as others see it. */
export interface Observed {
  snapshot(): SessionSnapshot
  /** Moves on to another status and tells what happened. A login is news even to who is logged in. */
  transition(status: SessionSnapshot['status'], event: SessionEvent | null): void
  emit(event: SessionEvent | null): void
  /** Answers how to stop, which answers whether it had not stopped yet. */
  add(listener: Listener): () => boolean
}

export function observed(): Observed {
  let snapshot: SessionSnapshot = Object.freeze({ status: 'loading' })
  const listeners = new Set<Listener>()
  const emit: Observed['emit'] = (event) => {
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
    transition: (status, event) => {
      if (status === snapshot.status && event?.type !== 'signed-in') return
      snapshot = Object.freeze({ status })
      emit(null)
      if (event) emit(event)
    },
    emit,
    add: (listener) => {
      // The same function may listen twice.
      const own: Listener = (event) => listener(event)
      listeners.add(own)
      return () => listeners.delete(own)
    },
  }
}

export type Watch = (listener: Listener) => () => void

/** Adds listeners, and runs the watch while there are any. */
export function watchedBy({ add, emit }: Observed, start: () => Promise<() => void>): Watch {
  let count = 0
  let running = Promise.resolve(() => {})
  return (listener) => {
    const leave = add(listener)
    if (count === 0) {
      running = start().catch((error) => {
        emit({ type: 'error', error })
        return () => {}
      })
    }
    count += 1
    return () => {
      if (!leave()) return
      count -= 1
      if (count === 0) running.then((stop) => stop())
    }
  }
}
