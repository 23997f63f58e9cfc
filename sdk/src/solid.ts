/**
 * Log In with Audius in Solid.
 *
 * @module @stagedoor/sdk/solid
 */

import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js'
import type { Sdk } from './sdk.ts'
import type { Account } from './ui/account.ts'
import type { Store } from './ui/observable.ts'
import type { Profile } from './ui/profile.ts'
import { storesOf } from './ui/stores.ts'

export type { Account } from './ui/account.ts'
export type { Profile } from './ui/profile.ts'

const accessorOf = <T>({ initial, snapshot, subscribe }: Store<T>): Accessor<T> => {
  const [value, setValue] = createSignal(initial)
  const update = () => setValue(snapshot)
  // Not on a server, and not before a page that it rendered has come alive.
  onMount(() => {
    onCleanup(subscribe(update))
    update()
  })
  return value
}

/**
 * Whether somebody is logged in, and how to log in and out. Where a component uses it, the login is completed that the
 * page's URL carries.
 *
 * @param sdk The instance that the app made with `sdk()`, outside of components.
 */
export const createAudius = (sdk: Pick<Sdk, 'oauth'>): Accessor<Account> => accessorOf(storesOf(sdk).account)

/**
 * Who is logged in: loaded once for all who ask, and again when the session becomes another's.
 *
 * @param sdk The instance that the app made with `sdk()`, outside of components.
 */
export const createUser = (sdk: Pick<Sdk, 'oauth'>): Accessor<Profile> => accessorOf(storesOf(sdk).profile)
