import type { Attempt, ClaimedDelivery } from '../../store/contract/outbox.ts'
import type { Instant } from '../../store/contract/store.ts'
import { OutgoingError, type Send } from '../send.ts'
import { signedHeaders } from './sign.ts'

/** An answer is its status: what else it says may be long, or never end. */
const bounds = { timeoutMs: 10_000, maxBytes: 0 }

/** Milliseconds from one attempt to the next: with the first at once, eight attempts in 32 hours. */
const waits = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600].map((seconds) => seconds * 1000)

/** Attempts at a message, after which it is given up. */
export const mostAttempts = waits.length + 1

/** Says in a signed token that a session has ended (OpenID Connect Back-Channel Logout §2.4). */
export type SignLogout = (logout: {
  readonly apiKey: string
  readonly userId: number
  readonly sid: string
  readonly jti: string
}) => Promise<string>

interface DeliverDeps {
  readonly send: Send
  readonly clock: () => Instant
  /** Opens the secret of a webhook; undefined where it was sealed under another. */
  readonly openSecret: (sealed: Uint8Array) => string | undefined
  /** What a person is called to apps. */
  readonly subjectOf: (userId: number) => string
  readonly logoutToken: SignLogout
}

/** Sends one message, and says what came of it and when it is sent again. */
export async function deliver(delivery: ClaimedDelivery, deps: DeliverDeps): Promise<Attempt> {
  const { status, fault } = await answerTo(delivery, deps)
  const now = deps.clock()
  const isDelivered = status !== null && status >= 200 && status < 300
  const wait = waits[delivery.attempts - 1]
  // 410: whoever is there wants no more of it (Standard Webhooks, Deliverability).
  const isOver = isDelivered || status === 410 || wait === undefined
  return {
    id: delivery.id,
    attempt: delivery.attempts,
    deliveredAt: isDelivered ? now : null,
    dueAt: isOver ? null : now + wait,
    status,
    fault,
  }
}

type Answer = Pick<Attempt, 'status' | 'fault'>

const impossible = (fault: string): Answer => ({ status: null, fault })

async function answerTo(delivery: ClaimedDelivery, deps: DeliverDeps): Promise<Answer> {
  const message = delivery.event === 'logout' ? await logoutOf(delivery, deps) : messageOf(delivery, deps)
  if ('fault' in message) return message
  const { url, headers, body } = message
  try {
    const { status } = await deps.send(
      {
        url: new URL(url),
        method: 'POST',
        headers: {
          ...headers,
          'content-length': String(Buffer.byteLength(body)),
          'user-agent': 'stagedoor-webhooks',
        },
        body,
      },
      bounds,
    )
    return { status, fault: null }
  } catch (error) {
    if (error instanceof OutgoingError) return impossible(error.fault)
    throw error
  }
}

interface Message {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function messageOf(delivery: ClaimedDelivery, deps: DeliverDeps): Message | Answer {
  const { webhook, event, createdAt, userId } = delivery
  const secret = webhook === null ? undefined : deps.openSecret(webhook.sealedSecret)
  if (webhook === null || secret === undefined) return impossible(webhook === null ? 'removed' : 'sealed')
  const body = JSON.stringify({
    type: event,
    timestamp: new Date(createdAt).toISOString(),
    data: userId === null ? {} : { user_id: deps.subjectOf(userId) },
  })
  const signed = { id: `msg_${delivery.id}`, seconds: Math.floor(deps.clock() / 1000), body }
  return {
    url: webhook.url,
    headers: { ...signedHeaders(secret, signed), 'content-type': 'application/json' },
    body,
  }
}

async function logoutOf(delivery: ClaimedDelivery, deps: DeliverDeps): Promise<Message | Answer> {
  const { logoutUri, apiKey, userId, sid, id } = delivery
  if (logoutUri === null || userId === null || sid === null) return impossible('removed')
  const token = await deps.logoutToken({ apiKey, userId, sid, jti: `logout_${id}` })
  return {
    url: logoutUri,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: token }).toString(),
  }
}
