import type { Store } from './store.ts'

/**
 * A store that does some verbs in its own way, and all others as the given one. It is made for every request that may
 * change something: they are inherited, as copying them would cost ten times as much.
 */
export const withVerbs = (store: Store, verbs: Partial<Store>): Store => Object.setPrototypeOf(verbs, store)
