import { expiring } from '../due.ts'

/** Milliseconds for which the developer of an app sees what it was told. */
const kept = 14 * 86_400_000

export const outboxSweep = expiring('outbox', ['id'], 'created_at', kept)
