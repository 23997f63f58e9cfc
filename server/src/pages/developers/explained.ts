import type { Sealer } from '../../crypto/sealer.ts'

/** An event of the log that somebody may read who has its address. */
export interface Explained {
  readonly apiKey: string
  readonly eventId: number
}

/** The address under which one event of the log is explained to whoever has it: nobody can make one up. */
export function explainedAddress(
  { apiKey, eventId }: Explained,
  { sealer }: { readonly sealer: Sealer },
): string {
  const sealed = sealer.seal('explained request', `${apiKey} ${eventId}`)
  return `/developers/requests?id=${Buffer.from(sealed).toString('base64url')}`
}

/** Which event an address is of; undefined for an address that nobody was given. */
export function explainedBy(text: string, { sealer }: { readonly sealer: Sealer }): Explained | undefined {
  const opened = sealer.unseal('explained request', Buffer.from(text, 'base64url'))
  const [apiKey, eventId] = opened?.split(' ') ?? []
  return apiKey === undefined ? undefined : { apiKey, eventId: Number(eventId) }
}
