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
  useEffect,
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

const Context = createContext<OAuth | null>(null)

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
export function AudiusProvider({ sdk: { oauth }, children }: AudiusProviderProps): ReactElement {
  useEffect(() => storesOf(oauth).account.subscribe(() => {}), [oauth])
  return createElement(Context.Provider, { value: oauth }, children)
}

function useStores(): Stores {
  const oauth = useContext(Context)
  if (!oauth) throw new Error('The hooks need an <AudiusProvider> above them.')
  return storesOf(oauth)
}

const useStore = <T>({ subscribe, snapshot, initial }: Store<T>): T =>
  useSyncExternalStore(subscribe, snapshot, () => initial)

/**
 * Whether somebody is logged in, and how to log in and out. The same object until something changes.
 *
 * @throws Error outside of an `AudiusProvider`.
 */
export function useAudius(): Audius {
  return useStore(useStores().account)
}

/**
 * Who is logged in: loaded once for all who ask, and again when the session becomes another's. The same object until
 * something changes.
 *
 * @throws Error outside of an `AudiusProvider`.
 */
export function useUser(): Profile {
  return useStore(useStores().profile)
}
