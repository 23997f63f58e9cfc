import type { Logger } from 'pino'
import { seal, unseal } from '../crypto/seal.ts'
import type { Random } from '../crypto/secret.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { StoreUnavailable } from '../store/contract/errors.ts'
import type { ClaimedMail, Instant, Store } from '../store/contract/store.ts'
import { longestSendMs, type Mail, type Mailer } from './mailer.ts'

/** Mail that is written and sent apart from the answer that asked for it. */
export interface MailQueue {
  /**
   * Writes mail, once the answer under way is given, and keeps it in the store until it has left: neither what is looked up
   * to write it nor the sending shows in its time. What fails is logged, and nobody is told.
   */
  enqueue(write: () => Promise<readonly Mail[]>): void
  /** Sends what is due, as is done every five seconds. */
  send(): Promise<void>
  /** Waits for what is under way, ten seconds at most; what has not left then is sent by the next start, or another node. */
  stop(): Promise<void>
}

export interface MailQueueDeps {
  readonly mailer: Mailer
  readonly store: Pick<Store, 'queueMails' | 'claimMail' | 'settleMail'>
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'mail'>
  readonly clock: () => Instant
  readonly random: Random
  /** What mails are sealed under, asked for when the first one is written. */
  readonly secret: () => string
}

/** Mails that wait at once, to be written or to be sent; more are not taken. */
const mostWaiting = 1_000
const mostAtOnce = 4
const everyMs = 5_000
/** Milliseconds that a stop waits. */
const stopTimeoutMs = 10_000
/** For which no other node takes a mail: longer than sending it may take. */
const leaseMs = longestSendMs + 60_000
/** Milliseconds between two tries to note what became of a mail. */
const noteAgainMs = 1_000
/** Milliseconds after which a mail that could not be sent for now is sent again; the links in it are good for half an hour. */
const retryAfter: readonly number[] = [5_000, 30_000, 2 * 60_000, 10 * 60_000]

/** Opens the way to a mailer. Nodes share what waits: each takes one mail at a time. */
export function openMailQueue(deps: MailQueueDeps): MailQueue {
  const { mailer, store, log, metrics, clock } = deps
  const under = () => `mail ${deps.secret()}`
  const unwritten: (() => Promise<readonly Mail[]>)[] = []
  const writers = new Set<Promise<void>>()
  let isEnding = false
  let isOver = false
  let sending: Promise<void> | undefined
  let isDueAgain = false

  async function write(): Promise<void> {
    for (let task = unwritten.shift(); task !== undefined; task = unwritten.shift()) {
      try {
        await keep(await task())
      } catch (error) {
        log.warn(facts(error), 'a mail could not be written')
      }
    }
  }

  async function keep(mails: readonly Mail[]): Promise<void> {
    if (mails.length === 0) return
    const sealed = mails.map((mail) => seal(JSON.stringify(mail), under(), deps.random))
    const taken = await store.queueMails(sealed, mostWaiting, clock())
    for (let left = mails.length - taken; left > 0; left -= 1) dropped()
    sendSoon()
  }

  function dropped(): void {
    metrics.mail('dropped')
    log.warn('a mail was not sent: too many wait')
  }

  function begin(): void {
    if (writers.size >= mostAtOnce || unwritten.length === 0) return
    const writer = write().finally(() => writers.delete(writer))
    writers.add(writer)
  }

  /** @returns when it is to be sent again; null when it is not */
  async function attempt(claimed: ClaimedMail): Promise<Instant | null> {
    try {
      await mailer.send(readMail(unseal(claimed.sealed, under())))
      metrics.mail('sent')
      return null
    } catch (error) {
      const wait = isForNow(error) ? retryAfter[claimed.attempt - 1] : undefined
      metrics.mail(wait === undefined ? 'failed' : 'retried')
      if (wait === undefined) log.warn(facts(error), 'a mail could not be sent')
      else log.info({ ...facts(error), wait }, 'a mail is sent again later')
      return wait === undefined ? null : clock() + wait
    }
  }

  /** Notes what became of a mail, once the store can be told: what the mail server has taken is not to be sent once more. */
  async function note(claimed: ClaimedMail, dueAt: Instant | null): Promise<void> {
    for (;;) {
      try {
        await store.settleMail(claimed, dueAt)
        return
      } catch (error) {
        if (isOver || !(error instanceof StoreUnavailable)) throw error
        await new Promise((resolve) => setTimeout(resolve, noteAgainMs))
      }
    }
  }

  async function lane(): Promise<void> {
    while (!isEnding) {
      const now = clock()
      const claimed = await store.claimMail(now, now + leaseMs)
      if (claimed === undefined) return
      // A process that was halted meanwhile may find that another has it.
      if (clock() < now + leaseMs - longestSendMs) await note(claimed, await attempt(claimed))
    }
  }

  async function sendAll(): Promise<void> {
    do {
      isDueAgain = false
      await Promise.all(Array.from({ length: mostAtOnce }, lane))
    } while (isDueAgain && !isEnding)
  }

  function send(): Promise<void> {
    // What was queued after the last look is looked for once more.
    isDueAgain = true
    sending ??= sendAll().finally(() => {
      sending = undefined
    })
    return sending
  }

  function sendSoon(): void {
    send().catch((error: unknown) => log.warn(facts(error), 'sending mail failed'))
  }

  const timer = setInterval(sendSoon, everyMs)
  return {
    enqueue: (task) => {
      if (unwritten.length >= mostWaiting) return dropped()
      unwritten.push(task)
      setImmediate(begin)
    },
    send,
    stop: async () => {
      clearInterval(timer)
      begin()
      let giveUp: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => {
        giveUp = setTimeout(resolve, stopTimeoutMs)
      })
      // What failed has been told.
      const ended = async () => {
        await Promise.all(writers)
        isEnding = true
        await sending?.catch(() => undefined)
      }
      await Promise.race([ended(), enough])
      clearTimeout(giveUp)
      isOver = true
    },
  }
}

/** A mail that was sealed here. @throws Error when it is none */
function readMail(text: string): Mail {
  const { to, subject, text: body }: Readonly<Record<string, unknown>> = JSON.parse(text)
  if (typeof to !== 'string' || typeof subject !== 'string' || typeof body !== 'string')
    throw new TypeError('Not a mail')
  return { to, subject, text: body }
}

/** Whether the server may take the mail another time: it said so, or it was not reached (RFC 5321 §4.2.1). */
function isForNow(error: unknown): boolean {
  const { responseCode } = { responseCode: undefined, ...(error instanceof Error ? error : {}) }
  return typeof responseCode !== 'number' || responseCode < 500
}

/** What a log may have of a failure: the words of SMTP servers repeat the address. */
function facts(error: unknown): object {
  if (!(error instanceof Error)) return { error: 'thrown value' }
  const { code, responseCode } = { code: undefined, responseCode: undefined, ...error }
  return { error: error.name, code, responseCode }
}
