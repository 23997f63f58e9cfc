import type { Reply } from '../message.ts'

/** Says that too many passwords were wrong, and how long to wait. @param waitMs milliseconds */
export const tooMany = (waitMs: number): string => `Too many wrong passwords. ${waitFirst(waitMs)}`

/** Says how long to wait. @param waitMs milliseconds */
export function waitFirst(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000)
  const minutes = Math.ceil(seconds / 60)
  const wait = seconds < 60 ? count(seconds, 'second') : count(minutes, 'minute')
  return `Wait ${wait}, then try again.`
}

/** The same answer with the time to wait, for programs (RFC 9110 §10.2.3). */
export const toldToWait = (reply: Reply, waitMs: number): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'retry-after': String(Math.ceil(waitMs / 1000)) },
})

const count = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? '' : 's'}`
