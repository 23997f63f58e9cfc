import type { OAuth } from '../oauth.ts'
import type { Sdk } from '../sdk.ts'
import { type Account, accountOf } from './account.ts'
import type { Store } from './observable.ts'
import { type Profile, profileOf } from './profile.ts'

/** What a page shows of an instance: one of each, whichever component asks first. */
export interface Stores {
  readonly account: Store<Account & { readonly oauth: OAuth }>
  readonly profile: Store<Profile>
}

const made = new WeakMap<OAuth, Stores>()

/** The stores of an instance. */
export const storesOf = ({ oauth }: Pick<Sdk, 'oauth'>): Stores => {
  let stores = made.get(oauth)
  if (!stores) {
    const account = accountOf(oauth)
    stores = { account, profile: profileOf(oauth, account) }
    made.set(oauth, stores)
  }
  return stores
}
