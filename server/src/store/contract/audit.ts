import type { Digest, Instant, User } from './types.ts'

/** What the audit log has entries of. None holds a secret, an address in full or an email. */
export const auditEvents = [
  'account_created',
  'signed_in',
  'sign_in_failed',
  'session_ended',
  'other_sessions_ended',
  'password_changed',
  'password_reset',
  'reset_link_sent',
  'email_change_requested',
  'email_changed',
  'email_confirmed',
  'passkey_added',
  'passkey_removed',
  'management_token_made',
  'management_token_revoked',
  'access_allowed',
  'access_ended',
  'token_revoked',
  'refresh_reused',
  'code_replayed',
  'app_created',
  'app_changed',
  'redirect_uris_changed',
  'app_suspended',
  'app_resumed',
  'app_deleted',
  'data_downloaded',
  'account_verified',
  'account_disabled',
  'account_enabled',
  'account_deleted',
  'everything_revoked',
] as const

export type AuditEvent = (typeof auditEvents)[number]

/** What the developer of an app is shown of it: what became of the app, and nothing of the people who use it. */
export const appEvents: readonly AuditEvent[] = [
  'app_created',
  'app_changed',
  'redirect_uris_changed',
  'app_suspended',
  'app_resumed',
  'app_deleted',
]

/** Who does what a store is asked for. */
export interface Actor {
  /** `browser`: somebody on our pages. `program`: an app, or a developer's own script. `operator`: the command line. */
  readonly by: 'browser' | 'program' | 'operator'
  /** The network, shortened so that it names no single connection. */
  readonly network: string | null
  readonly requestId: string | null
  readonly at: Instant
}

export interface AuditEntry extends Actor {
  /** Grows with time. */
  readonly id: number
  readonly event: AuditEvent
  /** Whose account or app it is about; null when it is about nobody's. */
  readonly userId: number | null
  readonly handle: string | null
  readonly apiKey: string | null
  readonly appName: string | null
  /** A browser, a redirect URI, the names of what was changed. */
  readonly detail: string | null
  /** How often the same was seen within the hour; `lastAt` is when last. */
  readonly count: number
  readonly lastAt: Instant
}

/** Which entries are wanted; null wants every one. */
export interface AuditSearch {
  readonly userId: number | null
  readonly apiKey: string | null
  readonly event: AuditEvent | null
  /** Whether only what became of apps themselves is wanted, as their owners see it. */
  readonly appsOnly: boolean
  readonly since: Instant
  /** Entries after this id, oldest first; null for the newest, newest first. */
  readonly after: number | null
  readonly limit: number
}

/** An attempt that was refused, for the audit log. */
export interface Refusal {
  readonly event: Extract<AuditEvent, 'sign_in_failed'>
  /** Null where there is no such account. */
  readonly userId: number | null
}

/** A file with data that left the server, for the audit log. */
export interface Download {
  readonly userId: number
  /** Of the app whose figures these are; null for data of the person. */
  readonly apiKey: string | null
  /** The file, in a word. */
  readonly detail: string
}

/** The verbs of the audit log; part of the contract in `store.ts`. */
export interface AuditStore {
  /** Notes a refusal, of the actor whose store this is; of nobody's nothing is kept. */
  noteRefusal(refusal: Refusal): Promise<void>
  /** Notes that data was handed out to its owner, of the actor whose store this is; of nobody's nothing is kept. */
  noteDownload(download: Download): Promise<void>
  listAudit(search: AuditSearch): Promise<readonly AuditEntry[]>
  /** Deletes at most `limit` entries from before; answers how many went. */
  sweepAudit(before: Instant, limit: number): Promise<number>
  /** Whose refresh token this is, used or not, and by which name its app is known. */
  findRefreshOwner(digest: Digest): Promise<{ readonly user: User; readonly appName: string } | undefined>
}
