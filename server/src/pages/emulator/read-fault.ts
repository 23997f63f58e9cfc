import { parseApiKey } from '../../apps/api-key.ts'
import { type Fault, faultKinds, faultOf, isFaultKind, mostSeconds } from '../../usage/emulator/faults.ts'

/** A fault that is asked for, as it was sent. */
export interface AskedFault {
  readonly kind: string | undefined
  readonly apiKey: string | undefined
  readonly until: string | undefined
  readonly seconds: string | undefined
}

/** Reads a fault; what is wrong with it, in words, where it is none. */
export function readFault({ kind, apiKey, until = 'next', seconds }: AskedFault): Fault | string {
  if (!isFaultKind(kind)) return `kind must be one of ${Object.keys(faultKinds).join(', ')}.`
  if (until !== 'next' && until !== 'ended') return 'until must be next or ended.'
  const key = apiKey === undefined ? null : parseApiKey(apiKey)
  if (key === undefined) return 'apiKey must be 40 hex digits, or left out for every app.'
  const said = seconds === undefined ? null : readSeconds(seconds, mostSeconds)
  if (said === undefined) return `seconds must be a whole number from 1 to ${mostSeconds}.`
  return faultOf({ kind, apiKey: key, until }, said)
}

/** Whole seconds from 1 to a bound; undefined for anything else. */
export function readSeconds(text: string, most: number): number | undefined {
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : 0
  return seconds >= 1 && seconds <= most ? seconds : undefined
}
