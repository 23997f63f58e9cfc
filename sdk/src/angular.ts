/**
 * Log In with Audius in Angular.
 *
 * @module @stagedoor/sdk/angular
 */

import { DestroyRef, inject, PLATFORM_ID, type Signal, signal } from '@angular/core'
import type { Sdk } from './sdk.ts'
import type { Account } from './ui/account.ts'
import type { Store } from './ui/observable.ts'
import type { Profile } from './ui/profile.ts'
import { storesOf } from './ui/stores.ts'

export type { Account } from './ui/account.ts'
export type { Profile } from './ui/profile.ts'

const signalOf = <T>({ initial, snapshot, subscribe }: Store<T>): Signal<T> => {
  const value = signal(initial)
  // On a server nobody is logged in, and nothing is listened to.
  if (inject(PLATFORM_ID).toString() === 'browser') {
    const update = () => value.set(snapshot())
    inject(DestroyRef).onDestroy(subscribe(update))
    update()
  }
  return value.asReadonly()
}

/**
 * Whether somebody is logged in, and how to log in and out. Where a component uses it, the login is completed that the
 * page's URL carries. Called in an injection context, such as where a component initialises its fields.
 *
 * @param sdk The instance that the app made with `sdk()`, outside of components.
 */
export const injectAudius = (sdk: Pick<Sdk, 'oauth'>): Signal<Account> => signalOf(storesOf(sdk).account)

/**
 * Who is logged in: loaded once for all who ask, and again when the session becomes another's. Called as `injectAudius`.
 *
 * @param sdk The instance that the app made with `sdk()`, outside of components.
 */
export const injectUser = (sdk: Pick<Sdk, 'oauth'>): Signal<Profile> => signalOf(storesOf(sdk).profile)
