import { isStagedoorError } from '../errors/errors.ts'
import type { Client } from '../http/client.ts'
import { jsonFields } from '../http/fields.ts'
import type { KeyValue } from '../platform/platform.ts'
import type { Observed } from './events.ts'

/** The notes of logouts: the tokens that the server has not heard of yet, under one key of a storage. */
export interface LogoutNotes {
  readonly storage: KeyValue
  readonly key: string
}

export type SendLogouts = typeof sendLogouts

/** Tells the server of every logout that is noted. Never rejects: what could not be told stays noted. */
export async function sendLogouts(
  { storage, key }: LogoutNotes,
  client: Client,
  { emit }: Observed,
): Promise<void> {
  const noted = () => jsonFields(storage.get(key))

  async function revoke(token: string): Promise<void> {
    try {
      await client.revoke(token)
    } catch (error) {
      if (!isStagedoorError(error)) throw error
      if (error.retryable) return emit({ type: 'logout-pending', error })
    }
    const { [token]: _, ...others } = noted()
    if (Object.keys(others).length) storage.set(key, JSON.stringify(others))
    else storage.remove(key)
    emit({ type: 'logout-sent' })
  }

  await Promise.all(Object.keys(noted()).map(revoke))
}
