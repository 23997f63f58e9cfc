/**
 * Log In with Audius in Vue.
 *
 * @module @stagedoor/sdk/vue
 */

import { onMounted, onUnmounted, type ShallowRef, shallowReadonly, shallowRef } from 'vue'
import type { Sdk } from './sdk.ts'
import type { Account } from './ui/account.ts'
import type { Store } from './ui/observable.ts'
import type { Profile } from './ui/profile.ts'
import { storesOf } from './ui/stores.ts'

export type { Account } from './ui/account.ts'
export type { Profile } from './ui/profile.ts'

const refOf = <T>({ initial, snapshot, subscribe }: Store<T>): Readonly<ShallowRef<T>> => {
  const value = shallowRef(initial)
  let stop = () => {}
  const update = () => {
    value.value = snapshot()
  }
  // Not on a server, and not before a page that it rendered has come alive.
  onMounted(() => {
    stop = subscribe(update)
    update()
  })
  onUnmounted(() => stop())
  return shallowReadonly(value)
}

/**
 * Whether somebody is logged in, and how to log in and out. Where a component uses it, the login is completed that the
 * page's URL carries.
 *
 * @param sdk The instance that the app made with `sdk()`, outside of components.
 */
export const useAudius = (sdk: Pick<Sdk, 'oauth'>): Readonly<ShallowRef<Account>> =>
  refOf(storesOf(sdk).account)

/**
 * Who is logged in: loaded once for all who ask, and again when the session becomes another's.
 *
 * @param sdk The instance that the app made with `sdk()`, outside of components.
 */
export const useUser = (sdk: Pick<Sdk, 'oauth'>): Readonly<ShallowRef<Profile>> =>
  refOf(storesOf(sdk).profile)
