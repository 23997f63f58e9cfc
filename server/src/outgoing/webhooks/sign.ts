import { createHmac } from 'node:crypto'

const prefix = 'whsec_'

/** The secret of a webhook as its developer gets it (Standard Webhooks, Signature scheme). */
export const secretText = (bytes: Uint8Array): string => prefix + Buffer.from(bytes).toString('base64')

/** The headers that a message is known by: its id, which stays the same when it is sent again, its time and its signature. */
export function signedHeaders(
  secret: string,
  { id, seconds, body }: { readonly id: string; readonly seconds: number; readonly body: string },
): Readonly<Record<string, string>> {
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  }
}
