import { isStagedoorError } from '../errors.ts'
import type { Client } from '../http/client.ts'
import { jsonFields } from '../http/fields.ts'
import type { KeyValue } from '../platform/platform.ts'
import type { Observed } from './events.ts'

/** The tokens of logouts that the server has not heard of yet. */
export interface Revocations {
  add(token: string): void
  /** Tells the server of all. Never rejects: what could not be told stays noted. */
  send(): Promise<void>
  isPending(): boolean
}

export function revocationsOf(
  storage: KeyValue,
  key: string,
  client: Client,
  { tell }: Observed,
): Revocations {
  const noted = () => jsonFields(storage.get(key))
  const note = (tokens: object) =>
    Object.keys(tokens).length ? storage.set(key, JSON.stringify(tokens)) : storage.remove(key)

  async function revoke(token: string): Promise<void> {
    try {
      await client.revoke(token)
    } catch (error) {
      if (!isStagedoorError(error)) throw error
      if (error.retryable) return tell({ type: 'logout-pending', error })
    }
    const { [token]: _, ...others } = noted()
    note(others)
    tell({ type: 'logout-sent' })
  }

  return {
    add: (token) => note({ ...noted(), [token]: 1 }),
    send: async () => {
      await Promise.all(Object.keys(noted()).map(revoke))
    },
    isPending: () => storage.get(key) !== null,
  }
}
