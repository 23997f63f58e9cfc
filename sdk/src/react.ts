/**
 * Log In with Audius in React.
 *
 * @module @stagedoor/sdk/react
 */

import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useSyncExternalStore,
} from 'react'
import type { OAuth } from './oauth.ts'
import type { Sdk } from './sdk.ts'
import type { Account } from './ui/account.ts'
import type { Store } from './ui/observable.ts'
import type { Profile } from './ui/profile.ts'
import { type Stores, storesOf } from './ui/stores.ts'

export type { Account } from './ui/account.ts'
export type { Profile } from './ui/profile.ts'

/** What `useAudius` answers. */
export interface Audius extends Account {
  /** All of the instance's calls. */
  readonly oauth: OAuth
}

const Context = createContext<Stores | null>(null)

/** What `AudiusProvider` takes. */
export interface AudiusProviderProps {
  /** The instance that the app made with `sdk()`, once and outside of components. */
  readonly sdk: Pick<Sdk, 'oauth'>
  /** The components that use the hooks. */
  readonly children?: ReactNode
}

/**
 * Gives the components below it the session of an instance, and completes the login on the callback page. Where it is
 * mounted, tabs and network are listened to.
 *
 * @param props The instance, and the components below.
 */
export const AudiusProvider = ({ sdk, children }: AudiusProviderProps): ReactElement => {
  const value = storesOf(sdk)
  useStore(value.account)
  return createElement(Context.Provider, { value }, children)
}

const useStore = <T>({ subscribe, snapshot, initial }: Store<T>): T =>
  useSyncExternalStore(subscribe, snapshot, () => initial)

const useStores = (): Stores => {
  const stores = useContext(Context)
  if (!stores) throw new Error('No <AudiusProvider> above.')
  return stores
}

/**
 * Whether somebody is logged in, and how to log in and out. The same object until something changes.
 *
 * @throws Error outside of an `AudiusProvider`.
 */
export const useAudius = (): Audius => useStore(useStores().account)

/**
 * Who is logged in: loaded once for all who ask, and again when the session becomes another's. The same object until
 * something changes.
 *
 * @throws Error outside of an `AudiusProvider`.
 */
export const useUser = (): Profile => useStore(useStores().profile)
