import type { Instant, Store } from './contract/store.ts'

/** Milliseconds for which one node sweeps for all that share its store, and after which another finds that it is gone. */
const leaseMs = 30_000

/**
 * What a sweeper sweeps: what has expired, and what the audit log has kept for long enough.
 * @param auditMs how long the operator wants it kept, which the store does not know
 * @param node the name of this one among those that share the store; null where there is no other
 */
export function sweptStore(
  store: Store,
  auditMs: number,
  node: string | null,
): Pick<Store, 'sweep' | 'countOverdue'> {
  let heldUntil = 0

  async function maySweep(now: Instant): Promise<boolean> {
    if (node === null || now < heldUntil - leaseMs / 2) return true
    const until = now + leaseMs
    heldUntil = (await store.takeLease('sweep', node, now, until)) ? until : 0
    return heldUntil > 0
  }

  return {
    countOverdue: store.countOverdue,
    async sweep(now, limit) {
      if (!(await maySweep(now))) return 0
      const deleted = await store.sweep(now, limit)
      return deleted < limit ? deleted + (await store.sweepAudit(now - auditMs, limit - deleted)) : deleted
    },
  }
}
