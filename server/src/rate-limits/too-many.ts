import { rateLimitFields } from '../errors/rate-limit-fields.ts'
import { type PaceName, paces } from './rules.ts'

/** Thrown when more was asked for than a pace lets through. */
export class TooMany extends Error {
  override readonly name = 'TooMany'
  readonly pace: PaceName
  /** Whole seconds until it is let through again. */
  readonly seconds: number
  constructor(pace: PaceName, seconds: number) {
    super(`beyond the pace ${pace}`)
    this.pace = pace
    this.seconds = seconds
  }
}

/** What tells programs of a pace that is used up. */
export function headersOf({
  pace,
  seconds,
}: Pick<TooMany, 'pace' | 'seconds'>): Readonly<Record<string, string>> {
  const { burst, perSecond } = paces[pace]
  return rateLimitFields({ name: pace, quota: burst, windowSeconds: Math.ceil(burst / perSecond) }, seconds)
}
