/** A mail to one person, in plain text. */
export interface Mail {
  /** The bare address. */
  readonly to: string
  /** Of our own words and the brand alone. */
  readonly subject: string
  readonly text: string
}

/** Milliseconds that handing a mail over may take. */
export const longestSendMs = 240_000

/** Where mail leaves. */
export interface Mailer {
  /** Hands a mail over. Rejects when it is not taken, after `longestSendMs` at the latest, and goes on with it no more. */
  send(mail: Mail): Promise<void>
}
