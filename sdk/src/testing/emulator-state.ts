/** How everything stands at an emulator. */
export interface EmulatedState {
  /** Tells one start of the server from the next. */
  readonly instance: string
  /** The server’s time, in ISO 8601. */
  readonly now: string
  /** Seconds that it is ahead of the machine’s. */
  readonly aheadSeconds: number
  /** The faults that wait for requests. */
  readonly faults: readonly EmulatorWaitingFault[]
  /** The accounts, at most a hundred. */
  readonly accounts: readonly EmulatorAccount[]
  /** The apps. */
  readonly apps: readonly EmulatorApp[]
  /** The last 50 mails, the newest first; none where they are sent by SMTP. */
  readonly mails: readonly EmulatorMail[]
  /** The last 50 things that logins of any app came to, the newest first. */
  readonly flows: readonly EmulatorFlow[]
}

/** A fault that waits for requests. */
export interface EmulatorWaitingFault {
  /** What goes wrong. */
  readonly kind: string
  /** The app whose requests it meets; `null` for those of every app. */
  readonly apiKey: string | null
  /** `next` or `ended`. */
  readonly until: string
  /** How long it takes, or asks to wait; `null` for a fault that has no time. */
  readonly seconds: number | null
}

/** An account of an emulator. */
export interface EmulatorAccount {
  /** Its number. */
  readonly userId: number
  /** Its handle. */
  readonly handle: string
  /** Its name. */
  readonly name: string
  /** Its email. */
  readonly email: string
  /** `confirmed`, `unconfirmed` or `lost`. */
  readonly emailStatus: string
}

/** An app of an emulator. */
export interface EmulatorApp {
  /** Its API key. */
  readonly apiKey: string
  /** Its name. */
  readonly name: string
  /** Its redirect URIs. */
  readonly redirectUris: readonly string[]
}

/** A mail that an emulator kept. */
export interface EmulatorMail {
  /** Whom it is to. */
  readonly to: string
  /** Its subject. */
  readonly subject: string
  /** Its text, with its links. */
  readonly text: string
  /** When it was sent, in ISO 8601. */
  readonly at: string
}

/** Something that a login came to. */
export interface EmulatorFlow {
  /** The app’s. */
  readonly apiKey: string
  /** When, in ISO 8601. */
  readonly at: string
  /** `authorize`, `consent`, `token`, `refresh` or `revoke`. */
  readonly step: string
  /** `done`, `refused` or `cancelled`. */
  readonly outcome: string
  /** Of a refusal: its error code. */
  readonly code: string | null
  /** In words. */
  readonly reason: string | null
  /** The `X-Request-Id` of the answer. */
  readonly requestId: string
}

/** Reads what an emulator answers. @throws Error when it is no emulator, or one of another version */
export function readState(answer: unknown): EmulatedState {
  if (!isState(answer))
    throw new Error('This is no emulator of this version. Update stagedoor and the SDK together.')
  return answer
}

const lists = ['faults', 'accounts', 'apps', 'mails', 'flows'] as const

function isState(answer: unknown): answer is EmulatedState {
  if (typeof answer !== 'object' || answer === null) return false
  const isText = (name: string) => typeof Reflect.get(answer, name) === 'string'
  return (
    isText('instance') && isText('now') && lists.every((name) => Array.isArray(Reflect.get(answer, name)))
  )
}
