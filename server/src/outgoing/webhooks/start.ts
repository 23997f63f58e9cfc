import { hkdfSync } from 'node:crypto'
import type { Logger } from 'pino'
import { seal, unseal } from '../../crypto/seal.ts'
import type { Random } from '../../crypto/secret.ts'
import type { ClaimedDelivery } from '../../store/contract/outbox.ts'
import type { Instant, Store } from '../../store/contract/store.ts'
import type { Send } from '../send.ts'
import { deliver, type SignLogout } from './deliver.ts'
import { secretText } from './sign.ts'

/** What tells apps what becomes of their people. */
export interface Webhooks {
  /** Sends what is due. */
  send(): Promise<void>
  /** Ends once what is under way has been answered. */
  stop(): Promise<void>
  /** The secret that a form of a webhook makes: the same however often it is sent. */
  secretOf(nonce: string): string
  /** Encrypts a secret for the store. */
  sealSecret(secret: string): Uint8Array
}

interface WebhookDeps {
  readonly store: Pick<Store, 'claimDelivery' | 'settleDelivery'>
  readonly send: Send
  readonly clock: () => Instant
  readonly random: Random
  readonly log: Logger
  readonly subjectOf: (userId: number) => string
  readonly logoutToken: SignLogout
  /** What secrets are sealed under, asked for when the first one is needed. */
  readonly secret: () => string
}

const everyMs = 2000
/** Messages of one node under way at once. */
const lanes = 8
/** For which no other node takes a message: longer than an attempt may last. */
const leaseMs = 60_000
const secretBytes = 32

/** Sends messages as they become due. Nodes share them: each takes one at a time, and what one leaves behind another finds. */
export function startWebhooks(deps: WebhookDeps): Webhooks {
  const { store, clock, log } = deps
  const under = () => `webhook ${deps.secret()}`
  const openSecret = (sealed: Uint8Array): string | undefined => {
    try {
      return unseal(sealed, under())
    } catch {
      return undefined
    }
  }
  let isEnding = false
  let sending: Promise<void> | undefined

  const claim = async (): Promise<ClaimedDelivery | undefined> => {
    const now = clock()
    return isEnding ? undefined : store.claimDelivery(now, now + leaseMs)
  }
  async function lane(first: ClaimedDelivery): Promise<void> {
    for (let next: ClaimedDelivery | undefined = first; next !== undefined; next = await claim())
      await store.settleDelivery(await deliver(next, { ...deps, openSecret }))
  }
  // Where nothing is due, that is asked once.
  async function sendDue(): Promise<void> {
    const claimed: ClaimedDelivery[] = []
    while (claimed.length < lanes) {
      const next = await claim()
      if (next === undefined) break
      claimed.push(next)
    }
    await Promise.all(claimed.map(lane))
  }
  function send(): Promise<void> {
    sending ??= sendDue().finally(() => {
      sending = undefined
    })
    return sending
  }
  const timer = setInterval(() => {
    send().catch((error: unknown) => log.warn({ err: error }, 'sending webhooks failed'))
  }, everyMs)

  return {
    send,
    async stop() {
      isEnding = true
      clearInterval(timer)
      // What failed has been told.
      await sending?.catch(() => undefined)
    },
    secretOf: (nonce) =>
      secretText(new Uint8Array(hkdfSync('sha256', under(), nonce, 'secret', secretBytes))),
    sealSecret: (secret) => seal(secret, under(), deps.random),
  }
}
