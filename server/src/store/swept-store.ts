import type { Store } from './contract/store.ts'

/**
 * What a sweeper sweeps: what has expired, and what the audit log has kept for long enough.
 * @param auditMs how long the operator wants it kept, which the store does not know
 */
export const sweptStore = (store: Store, auditMs: number): Pick<Store, 'sweep' | 'countOverdue'> => ({
  countOverdue: store.countOverdue,
  async sweep(now, limit) {
    const deleted = await store.sweep(now, limit)
    return deleted < limit ? deleted + (await store.sweepAudit(now - auditMs, limit - deleted)) : deleted
  },
})
