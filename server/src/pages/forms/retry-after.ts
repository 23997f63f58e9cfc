import { type Quota, rateLimitFields } from '../../errors/rate-limit-fields.ts'
import type { Reply } from '../../http/message.ts'

/**
 * Says that there was too much of something, and how long to wait.
 * @param waitMs milliseconds
 * @param ofWhat wrong passwords unless given
 */
export function tooMany(waitMs: number, ofWhat = 'wrong passwords'): string {
  const seconds = Math.ceil(waitMs / 1000)
  const minutes = Math.ceil(seconds / 60)
  const wait = seconds < 60 ? count(seconds, 'second') : count(minutes, 'minute')
  return `Too many ${ofWhat}. Wait ${wait}, then try again.`
}

/** The same answer with the time to wait, for programs. */
export const toldToWait = (reply: Reply, waitMs: number, quota: Quota): Reply => ({
  ...reply,
  headers: { ...reply.headers, ...rateLimitFields(quota, Math.ceil(waitMs / 1000)) },
})

const count = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? '' : 's'}`
