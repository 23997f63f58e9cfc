/** What is shown once. */
export interface Secret {
  /** It holds no space. */
  readonly secret: string
  /** What its page says beside it. */
  readonly about: string
}

/** What a page was led to in order to show: the secret, that it was shown before, or null for nothing. */
export type ShownOnce = Secret | 'shown before' | null
