import type { AuditEntry } from '../../store/contract/audit.ts'
import type { PageDeps } from '../page-deps.ts'

/** Entries on a page; the export and the operator have all of them. */
const most = 20

const everything = { event: null, since: 0, after: null, limit: most }

/** What was done lately to an account, the newest first. */
export const recentActivity = (userId: number, { store }: PageDeps): Promise<readonly AuditEntry[]> =>
  store.listAudit({ ...everything, userId, apiKey: null, appsOnly: false })

/** What became of an app lately, the newest first; nothing of the people who use it. */
export const recentChanges = (apiKey: string, { store }: PageDeps): Promise<readonly AuditEntry[]> =>
  store.listAudit({ ...everything, userId: null, apiKey, appsOnly: true })
