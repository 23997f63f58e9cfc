import type { Store } from './store.ts'

/** What passes every verb on to the store in `to`: one for each kind of store, by the object its verbs are inherited from. */
const forwarding = new WeakMap<object, object>()

/**
 * A store that does some verbs in its own way, and all others as the given one. It is made for every request that may
 * change something: copying all verbs would cost much, and to inherit them from an object made for this request still more.
 */
export function withVerbs(store: Store, verbs: Partial<Store>): Store {
  const prototype: object = Object.getPrototypeOf(store)
  const kind = prototype === Object.prototype ? store : prototype
  let shared = forwarding.get(kind)
  if (shared === undefined) {
    shared = forwardingTo(store)
    forwarding.set(kind, shared)
  }
  return Object.assign(Object.create(shared), { to: store }, verbs)
}

function forwardingTo(known: Store): object {
  const shared: Record<string, unknown> = {}
  for (const name in known)
    if (Reflect.get(known, name) instanceof Function)
      shared[name] = function (this: { readonly to: Store }, ...given: unknown[]) {
        return Reflect.apply(Reflect.get(this.to, name), this.to, given)
      }
  return shared
}
