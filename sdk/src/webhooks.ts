/**
 * Tells the messages of a Stagedoor server from everybody else's, wherever there is Web Crypto: Node, Deno, Bun, workers.
 *
 * ```ts
 * const message = await verifyWebhook({ headers: request.headers, body: await request.text() }, secret)
 * if (message === null) return new Response(null, { status: 400 })
 * ```
 *
 * @module @stagedoor/sdk/webhooks
 */

/** What a server tells an app of a person. */
export interface WebhookMessage {
  /** The same when a message is sent again: act on it once. */
  readonly id: string
  /** What happened; a type that your app does not know is one to ignore. */
  readonly type: 'access.ended' | 'account.deleted' | 'profile.changed' | 'test' | (string & {})
  /** When it happened. */
  readonly timestamp: Date
  /** Whom it is about, as `id` and `sub` name them; null for a test. */
  readonly userId: string | null
}

/** A request as it arrived. */
export interface WebhookRequest {
  /** Its headers: those of `Request`, or an object of lower-case names as Node has it. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  /** Its body as it came: read again as JSON and written anew, it is another. */
  readonly body: string
}

/** How messages are taken. */
export interface WebhookOptions {
  /** The time, in milliseconds since the Unix epoch; the clock's unless it is given. */
  readonly now?: number
}

/** Seconds that a message may be from now: what was recorded is no good for longer. */
const tolerance = 300

/**
 * Verifies a message by the signature of Standard Webhooks.
 * @param request the request as it arrived
 * @param secret what the portal showed, with `whsec_`; several while one takes the place of another
 * @param options how it is taken
 * @returns the message, or null when it is nobody's that has the secret, or is too old
 */
export async function verifyWebhook(
  request: WebhookRequest,
  secret: string | readonly string[],
  options: WebhookOptions = {},
): Promise<WebhookMessage | null> {
  const [id, time, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(request.headers, name),
  )
  if (id === undefined || time === undefined || signatures === undefined || !/^\d{1,12}$/.test(time))
    return null
  if (Math.abs((options.now ?? Date.now()) / 1000 - Number(time)) > tolerance) return null
  const signed = new TextEncoder().encode(`${id}.${time}.${request.body}`)
  for (const one of [secret].flat()) {
    const key = await keyOf(one)
    for (const signature of signatures.split(' ')) {
      const bytes = signature.startsWith('v1,') ? bytesOf(signature.slice(3)) : undefined
      if (bytes && (await crypto.subtle.verify('HMAC', key, bytes, signed)))
        return messageOf(id, request.body)
    }
  }
  return null
}

function headerOf(headers: WebhookRequest['headers'], name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = bytesOf(secret.replace(/^whsec_/, ''))
  if (bytes === undefined || bytes.length === 0)
    throw new TypeError('The secret of a webhook is what the portal showed: whsec_ and base64.')
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

function messageOf(id: string, body: string): WebhookMessage | null {
  const { type, timestamp, data }: Readonly<Record<string, unknown>> = JSON.parse(body)
  if (typeof type !== 'string' || typeof timestamp !== 'string') return null
  const userId = typeof data === 'object' && data !== null && 'user_id' in data ? data.user_id : null
  return { id, type, timestamp: new Date(timestamp), userId: typeof userId === 'string' ? userId : null }
}
