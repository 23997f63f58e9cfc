import type { OAuth } from '../oauth.ts'
import { type Account, accountOf } from './account.ts'
import type { Store } from './observable.ts'
import { type Profile, profileOf } from './profile.ts'

/** What a page shows of an instance: one of each, whichever component asks first. */
export interface Stores {
  readonly account: Store<Account & { readonly oauth: OAuth }>
  readonly profile: Store<Profile>
}

const made = new WeakMap<OAuth, Stores>()

function make(oauth: OAuth): Stores {
  const account = accountOf(oauth)
  const stores = { account, profile: profileOf(oauth, account) }
  made.set(oauth, stores)
  return stores
}

/** The stores of an instance. */
export const storesOf = (oauth: OAuth): Stores => made.get(oauth) ?? make(oauth)
