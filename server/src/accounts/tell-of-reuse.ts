import type { MailQueue } from '../mail/queue.ts'
import type { Store } from '../store/contract/store.ts'
import { withVerbs } from '../store/contract/with-verbs.ts'
import { notifyOfReuse } from './notify.ts'

/** A store that tells the owner of an account by mail when a refresh token of an app was used twice. */
export function tellingOfReuse(
  store: Store,
  deps: { readonly mailQueue: MailQueue | null; readonly brand: string; readonly issuer: string },
): Store {
  const { mailQueue } = deps
  if (mailQueue === null) return store
  const rotateRefresh: Store['rotateRefresh'] = async (rotation) => {
    const rotated = await store.rotateRefresh(rotation)
    // Its family has ended with it, so this is seen once.
    if (rotated.outcome === 'reused')
      mailQueue.enqueue(async () => {
        const owner = await store.findRefreshOwner(rotation.digest)
        if (owner === undefined) return []
        notifyOfReuse(owner.user, deps)
        return []
      })
    return rotated
  }
  return withVerbs(store, { rotateRefresh })
}
