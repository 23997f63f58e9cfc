/** How everything stands at an emulator. */
export interface EmulatorState {
  /** Tells one start of the server from the next. */
  readonly instance: string
  /** The server’s time, in ISO 8601. */
  readonly now: string
  /** Seconds that it is ahead of the machine’s. */
  readonly aheadSeconds: number
  /** The faults that wait for requests. */
  readonly faults: readonly {
    readonly kind: string
    readonly apiKey: string | null
    readonly until: string
    readonly seconds: number | null
  }[]
  /** The accounts, at most a hundred. */
  readonly accounts: readonly {
    readonly userId: number
    readonly handle: string
    readonly name: string
    readonly email: string
    readonly emailStatus: string
  }[]
  /** The apps. */
  readonly apps: readonly {
    readonly apiKey: string
    readonly name: string
    readonly redirectUris: readonly string[]
  }[]
  /** The last 50 mails, the newest first; none where they are sent by SMTP. */
  readonly mails: readonly {
    readonly to: string
    readonly subject: string
    readonly text: string
    readonly at: string
  }[]
  /** The last 50 things that logins of any app came to, the newest first. */
  readonly flows: readonly {
    readonly apiKey: string
    readonly at: string
    readonly step: string
    readonly outcome: string
    readonly code: string | null
    readonly reason: string | null
    readonly requestId: string
  }[]
}

/** Reads what an emulator answers. @throws Error when it is no emulator, or one of another version */
export function readState(answer: unknown): EmulatorState {
  if (!isState(answer))
    throw new Error('This is no emulator of this version. Update stagedoor and the SDK together.')
  return answer
}

const lists = ['faults', 'accounts', 'apps', 'mails', 'flows'] as const

function isState(answer: unknown): answer is EmulatorState {
  if (typeof answer !== 'object' || answer === null) return false
  const isText = (name: string) => typeof Reflect.get(answer, name) === 'string'
  return (
    isText('instance') && isText('now') && lists.every((name) => Array.isArray(Reflect.get(answer, name)))
  )
}
