/** Something that goes wrong at a request, so that an app can be seen to stand it. */
export type FaultKind = keyof typeof faultKinds

/** Every fault, and what an app meets by it. */
export const faultKinds = {
  expired_token: 'The API answers 401 invalid_token, as for an access token that has expired.',
  slow: 'The answer takes as many seconds as you say.',
  offline: 'The connection ends without an answer.',
  consent_denied: 'The next login ends with access_denied, as if the person had cancelled.',
  reuse_detected: 'The refresh token counts as used before: its login ends, and invalid_grant is answered.',
  rate_limited: 'The answer is 429, with the seconds to wait in Retry-After.',
} as const

/** Seconds where none are said: longer than the SDK waits for an answer, and short enough to try again. */
const seconds: Readonly<Record<'slow' | 'rate_limited', number>> = { slow: 12, rate_limited: 5 }
export const mostSeconds = 600

/** A fault that waits for requests. */
export interface Fault {
  readonly kind: FaultKind
  /** The app whose requests it meets; null for those of all. */
  readonly apiKey: string | null
  /** `next`: one request alone. */
  readonly until: 'next' | 'ended'
  /** How long the answer takes, or how long to wait before another try; null for a fault that has no time. */
  readonly seconds: number | null
}

/** Whether a text names a fault. */
export const isFaultKind = (text: string | undefined): text is FaultKind =>
  text !== undefined && Object.hasOwn(faultKinds, text)

/** A fault with its usual seconds, where none are said. */
export function faultOf(fault: Omit<Fault, 'seconds'>, said: number | null): Fault {
  const { kind } = fault
  const has = kind === 'slow' || kind === 'rate_limited'
  return { ...fault, seconds: has ? (said ?? seconds[kind]) : null }
}

/** The faults of a server in development, in memory. */
export class Faults {
  #waiting: readonly Fault[] = []
  #ended = Promise.withResolvers<void>()

  /** Adds one behind those that wait; one of the same kind and app is replaced. */
  add(fault: Fault): void {
    const isOther = ({ kind, apiKey }: Fault) => kind !== fault.kind || apiKey !== fault.apiKey
    this.#waiting = [...this.#waiting.filter(isOther), fault]
  }

  list(): readonly Fault[] {
    return this.#waiting
  }

  /** Takes the first that meets a request; one that is for the next request alone has done its work then. */
  take(meets: (fault: Fault) => boolean): Fault | undefined {
    const fault = this.#waiting.find(meets)
    if (fault?.until === 'next') this.#waiting = this.#waiting.filter((other) => other !== fault)
    return fault
  }

  /** Ends all of them; answers that are held back go out. */
  end(): void {
    this.#waiting = []
    this.#ended.resolve()
    this.#ended = Promise.withResolvers()
  }

  /** Resolves when the faults that wait now are ended. */
  get ended(): Promise<void> {
    return this.#ended.promise
  }
}
