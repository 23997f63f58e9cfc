import { jsonFields, text } from '../http/fields.ts'
import type { Platform } from '../platform/platform.ts'
import { recordOf } from '../protocol/transaction.ts'
import type { LoginContext } from '../session/context.ts'

/**
 * Lets a login that was taken wait again, once, and answers its request: whoever makes it again gets a new code for
 * one that was lost. Null where there is no such login.
 */
export function reopen({ name, platform }: LoginContext<Platform>, state: string): string | null {
  const key = recordOf(name, state)
  const { isTaken, isReopened, ...record } = jsonFields(platform.storage.get(key))
  const request = text(record['request'])
  if (!isTaken || isReopened || !request) return null
  platform.storage.set(key, JSON.stringify({ ...record, isReopened: true }))
  return request
}
