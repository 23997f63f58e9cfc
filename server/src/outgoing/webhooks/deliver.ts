import type { Attempt, ClaimedDelivery } from '../../store/contract/outbox.ts'
import type { Instant } from '../../store/contract/store.ts'
import { OutgoingError, type Send } from '../send.ts'
import { signedHeaders } from './sign.ts'

const bounds = { timeoutMs: 10_000, maxBytes: 10_000 }

/** Milliseconds from one attempt to the next: with the first at once, eight attempts in 32 hours. */
const waits = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600].map((seconds) => seconds * 1000)

/** Attempts at a message, after which it is given up. */
export const mostAttempts = waits.length + 1

interface DeliverDeps {
  readonly send: Send
  readonly clock: () => Instant
  /** Opens the secret of a webhook; undefined where it was sealed under another. */
  readonly openSecret: (sealed: Uint8Array) => string | undefined
  /** What a person is called to apps. */
  readonly subjectOf: (userId: number) => string
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

async function answerTo(
  delivery: ClaimedDelivery,
  deps: DeliverDeps,
): Promise<{ readonly status: number | null; readonly fault: string | null }> {
  const secret = deps.openSecret(delivery.sealedSecret)
  if (secret === undefined) return { status: null, fault: 'sealed' }
  const body = bodyOf(delivery, deps)
  const message = { id: `msg_${delivery.id}`, seconds: Math.floor(deps.clock() / 1000), body }
  const headers = {
    ...signedHeaders(secret, message),
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'stagedoor-webhooks',
  }
  try {
    const { status } = await deps.send({ url: new URL(delivery.url), method: 'POST', headers, body }, bounds)
    return { status, fault: null }
  } catch (error) {
    if (error instanceof OutgoingError) return { status: null, fault: error.fault }
    throw error
  }
}

const bodyOf = ({ event, createdAt, userId }: ClaimedDelivery, { subjectOf }: DeliverDeps): string =>
  JSON.stringify({
    type: event,
    timestamp: new Date(createdAt).toISOString(),
    data: userId === null ? {} : { user_id: subjectOf(userId) },
  })
