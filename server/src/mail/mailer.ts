/** A mail to one person, in plain text. */
export interface Mail {
  /** The bare address. */
  readonly to: string
  /** Of our own words and the brand alone. */
  readonly subject: string
  readonly text: string
}

/** Where mail leaves. */
export interface Mailer {
  /** Hands a mail over. Rejects when it is not taken. */
  send(mail: Mail): Promise<void>
}
