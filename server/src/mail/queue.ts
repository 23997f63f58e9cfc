import type { Logger } from 'pino'
import type { Metrics } from '../metrics/metrics.ts'
import type { Mail, Mailer } from './mailer.ts'

/** Mail that is written and sent apart from the answer that asked for it. */
export interface MailQueue {
  /**
   * Writes mail and sends it, once the answer under way is given: neither what is looked up to write it nor the
   * sending shows in its time. What fails is logged, and nobody is told.
   */
  enqueue(write: () => Promise<readonly Mail[]>): void
  /** Waits for what is under way, ten seconds at most. */
  stop(): Promise<void>
}

/** Mails that wait at once; more are not taken. */
const mostWaiting = 1_000
const mostAtOnce = 4
/** Milliseconds that a stop waits. */
const stopTimeoutMs = 10_000
/** Milliseconds after which a mail that could not be sent for now is sent again; the links in it are good for half an hour. */
const retryAfter: readonly number[] = [5_000, 30_000, 2 * 60_000, 10 * 60_000]

/**
 * Opens the way to a mailer.
 * @param metrics is told what becomes of each mail
 * @param retries milliseconds before each further attempt
 */
export function openMailQueue(
  mailer: Mailer,
  log: Logger,
  metrics: Pick<Metrics, 'mail' | 'gauge'>,
  retries: readonly number[] = retryAfter,
): MailQueue {
  const waiting: (() => Promise<void>)[] = []
  const retrying = new Map<NodeJS.Timeout, () => Promise<void>>()
  const underWay = new Set<Promise<void>>()
  let isEnding = false
  const waitingNow = () => waiting.length + retrying.size
  metrics.gauge('stagedoor_mails_waiting', 'Mails that wait to be written, sent, or sent again.', waitingNow)

  async function send(mail: Mail, attempt: number): Promise<void> {
    try {
      await mailer.send(mail)
      metrics.mail('sent')
    } catch (error) {
      const wait = isForNow(error) && !isEnding && waitingNow() < mostWaiting ? retries[attempt] : undefined
      metrics.mail(wait === undefined ? 'failed' : 'retried')
      if (wait === undefined) return log.warn(facts(error), 'a mail could not be sent')
      log.info({ ...facts(error), wait }, 'a mail is sent again later')
      const again = () => send(mail, attempt + 1)
      const timer = setTimeout(() => {
        retrying.delete(timer)
        waiting.push(again)
        begin()
      }, wait)
      retrying.set(timer, again)
    }
  }

  async function work(): Promise<void> {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await task()
  }

  function begin(): void {
    if (underWay.size >= mostAtOnce || waiting.length === 0) return
    const worker = work().finally(() => underWay.delete(worker))
    underWay.add(worker)
  }

  const written = (write: () => Promise<readonly Mail[]>) => async () => {
    try {
      await Promise.all((await write()).map((mail) => send(mail, 0)))
    } catch (error) {
      log.warn(facts(error), 'a mail could not be written')
    }
  }

  return {
    enqueue: (write) => {
      if (waitingNow() >= mostWaiting) {
        metrics.mail('dropped')
        return log.warn('a mail was not written: too many wait')
      }
      waiting.push(written(write))
      setImmediate(begin)
    },
    stop: async () => {
      isEnding = true
      // What waits to be sent again is tried once more: after this process nobody knows of it.
      for (const [timer, again] of retrying) {
        clearTimeout(timer)
        waiting.push(again)
      }
      retrying.clear()
      begin()
      let giveUp: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => {
        giveUp = setTimeout(resolve, stopTimeoutMs)
      })
      await Promise.race([Promise.all(underWay), enough])
      clearTimeout(giveUp)
    },
  }
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
