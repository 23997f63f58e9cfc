import type { Generated, GeneratedAlways } from 'kysely'
import type { WebhookEvent } from '../../contract/outbox.ts'
import type { Instant } from '../../contract/store.ts'

/** Where apps are told what becomes of their people. */
export interface Webhooks {
  api_key: string
  url: string
  /** What messages are signed with, encrypted under a secret that is not here. */
  sealed_secret: Uint8Array
  created_at: Instant
}

/** Mail that waits to be sent. */
export interface Mails {
  id: GeneratedAlways<number>
  /** Encrypted under a secret that is not here. */
  sealed: Uint8Array
  created_at: Instant
  /** When it is sent next, or may be by another node. */
  due_at: Instant
  attempts: Generated<number>
}

/** Messages to apps, sent and to be sent. */
export interface Outbox {
  id: GeneratedAlways<number>
  api_key: string
  event: WebhookEvent | 'logout'
  user_id: Generated<number | null>
  /** The session that has ended, as ID tokens name it. */
  sid: Generated<string | null>
  created_at: Instant
  /** When it is sent next, or may be by another node; null when it has arrived or was given up. */
  due_at: Generated<Instant | null>
  attempts: Generated<number>
  delivered_at: Generated<Instant | null>
  status: Generated<number | null>
  fault: Generated<string | null>
}
