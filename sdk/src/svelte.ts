/**
 * Log In with Audius in Svelte.
 *
 * @module @stagedoor/sdk/svelte
 */

import type { Sdk } from './sdk.ts'
import type { Account } from './ui/account.ts'
import type { Store } from './ui/observable.ts'
import type { Profile } from './ui/profile.ts'
import { storesOf } from './ui/stores.ts'

export type { Account } from './ui/account.ts'
export type { Profile } from './ui/profile.ts'

/** A store as Svelte reads it, by `$` before its name. */
export interface Readable<T> {
  /**
   * Calls back with what it holds, at once and whenever that is another.
   *
   * @param run Called with it.
   * @returns How to stop.
   */
  subscribe(run: (value: T) => void): () => void
}

const readable = <T>({ initial, snapshot, subscribe }: Store<T>): Readable<T> => ({
  subscribe: (run) => {
    run(initial)
    let stop: (() => void) | undefined
    let isLeft = false
    // A server renders and leaves in one go, so that nothing begins there.
    queueMicrotask(() => {
      if (isLeft) return
      stop = subscribe(() => run(snapshot()))
      run(snapshot())
    })
    return () => {
      isLeft = true
      stop?.()
    }
  },
})

/**
 * Whether somebody is logged in, and how to log in and out. Where a component uses it, the login is completed that the
 * page's URL carries.
 *
 * @param sdk The instance that the app made with `sdk()`, outside of components.
 */
export const audiusStore = (sdk: Pick<Sdk, 'oauth'>): Readable<Account> => readable(storesOf(sdk).account)

/**
 * Who is logged in: loaded once for all who ask, and again when the session becomes another's.
 *
 * @param sdk The instance that the app made with `sdk()`, outside of components.
 */
export const userStore = (sdk: Pick<Sdk, 'oauth'>): Readable<Profile> => readable(storesOf(sdk).profile)
