import type { Instant } from './types.ts'

/** A mail that one node has taken to send. */
export interface ClaimedMail {
  readonly id: number
  /** The mail, encrypted under a secret that is not in the store: links in it open accounts. */
  readonly sealed: Uint8Array
  /** Which attempt this is, from 1. */
  readonly attempt: number
}

/** The verbs of mail that waits to be sent; part of the contract in `store.ts`. */
export interface MailStore {
  /** Queues mails as long as fewer than `most` wait. @returns how many were taken */
  queueMails(sealed: readonly Uint8Array[], most: number, now: Instant): Promise<number>
  /** Takes the mail that is due first; until `leaseUntil` no other node does. */
  claimMail(now: Instant, leaseUntil: Instant): Promise<ClaimedMail | undefined>
  /**
   * Notes what an attempt came to; one that was overtaken changes nothing.
   * @param dueAt when it is sent again; null when it has left or was given up
   */
  settleMail(mail: Pick<ClaimedMail, 'id' | 'attempt'>, dueAt: Instant | null): Promise<boolean>
  countMails(): Promise<number>
}
