import type { Mail, Mailer } from './mailer.ts'

/** A mail that went nowhere, and when that was. */
export interface KeptMail extends Mail {
  /** Milliseconds since the Unix epoch. */
  readonly at: number
}

/** Mail that is kept to be read here instead of being sent: development only. */
export interface Outbox extends Mailer {
  /** The newest first. */
  list(): readonly KeptMail[]
}

const most = 50

/** Keeps the last fifty mails in memory. */
export function openOutbox(clock: () => number): Outbox {
  let kept: readonly KeptMail[] = []
  return {
    send: async (mail) => {
      kept = [{ ...mail, at: clock() }, ...kept].slice(0, most)
    },
    list: () => kept,
  }
}
