import type { Instant } from './types.ts'

/** What an app is told of. */
export type WebhookEvent = 'access.ended' | 'account.deleted' | 'profile.changed' | 'test'

/** A session's end, as those apps are told of it that were logged in to in it. */
export interface SessionEnd {
  /** The name of the session in ID tokens. */
  readonly sid: string
  readonly now: Instant
}

/** Where an app is told, and what its messages are signed with. */
export interface Webhook {
  readonly url: string
  /** The secret, encrypted under one that is not in the store. */
  readonly sealedSecret: Uint8Array
}

/** A message to an app, and what became of it. */
export interface Delivery {
  readonly id: number
  /** `logout` goes to the app's address of its own for that (OpenID Connect Back-Channel Logout). */
  readonly event: WebhookEvent | 'logout'
  /** Whom it is about; null for a test. */
  readonly userId: number | null
  readonly createdAt: Instant
  readonly attempts: number
  /** When it is sent next; null when it has arrived, or was given up. */
  readonly dueAt: Instant | null
  readonly deliveredAt: Instant | null
  /** What the last attempt was answered with; null where nothing came back. */
  readonly status: number | null
  /** Why nothing came back. */
  readonly fault: string | null
}

/** A message that one node has taken to send. */
export interface ClaimedDelivery extends Delivery {
  readonly apiKey: string
  /** The session that has ended. */
  readonly sid: string | null
  readonly webhook: Webhook | null
  readonly logoutUri: string | null
}

/** What an attempt came to. */
export interface Attempt {
  readonly id: number
  /** Which one it was: an attempt that was overtaken reports nothing. */
  readonly attempt: number
  readonly deliveredAt: Instant | null
  readonly dueAt: Instant | null
  readonly status: number | null
  readonly fault: string | null
}

/** What apps are told, by a table that is written in the transaction of what they are told of. */
export interface OutboxStore {
  /** Sets where an app of this owner is told; false when there is no such app of theirs. */
  setWebhook(apiKey: string, ownerId: number, webhook: Webhook, now: Instant): Promise<boolean>
  /** Sends an app's messages to another address from now on, signed with the same secret; false when the owner has no such app. */
  moveWebhook(apiKey: string, ownerId: number, url: string): Promise<boolean>
  /** Tells an app of this owner nothing any more; what was queued goes. */
  deleteWebhook(apiKey: string, ownerId: number): Promise<boolean>
  findWebhook(apiKey: string): Promise<Webhook | undefined>
  /** Where an app is told that a session has ended; null where it is not. */
  findLogoutUri(apiKey: string): Promise<string | null>
  /** Sets where an app of this owner is told that a session has ended; null for nowhere. False when there is no such app of theirs. */
  setLogoutUri(apiKey: string, ownerId: number, uri: string | null): Promise<boolean>
  /** The newest first. */
  listDeliveries(apiKey: string, limit: number): Promise<readonly Delivery[]>
  /** Queues a message that says nothing, for its owner to see it arrive. */
  queueTest(apiKey: string, ownerId: number, now: Instant): Promise<boolean>
  /** Queues a message again that is not under way. */
  replayDelivery(apiKey: string, ownerId: number, id: number, now: Instant): Promise<boolean>
  /** Takes the message that is due first; until `leaseUntil` no other node does. */
  claimDelivery(now: Instant, leaseUntil: Instant): Promise<ClaimedDelivery | undefined>
  /** Notes what an attempt came to, unless another has been made since. */
  settleDelivery(attempt: Attempt): Promise<boolean>
}
