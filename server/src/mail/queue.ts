import type { Logger } from 'pino'
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
const stopTimeoutMs = 10_000

/** Opens the way to a mailer. */
export function openMailQueue(mailer: Mailer, log: Logger): MailQueue {
  const waiting: (() => Promise<readonly Mail[]>)[] = []
  const underWay = new Set<Promise<void>>()

  const send = (mail: Mail): Promise<void> =>
    mailer.send(mail).catch((error: unknown) => log.warn(facts(error), 'a mail could not be sent'))

  async function work(): Promise<void> {
    for (let write = waiting.shift(); write !== undefined; write = waiting.shift())
      await write()
        .then((mails) => Promise.all(mails.map(send)))
        .catch((error: unknown) => log.warn(facts(error), 'a mail could not be written'))
  }

  function begin(): void {
    if (underWay.size >= mostAtOnce || waiting.length === 0) return
    const worker = work().finally(() => underWay.delete(worker))
    underWay.add(worker)
  }

  return {
    enqueue: (write) => {
      if (waiting.length >= mostWaiting) return log.warn('a mail was not written: too many wait')
      waiting.push(write)
      setImmediate(begin)
    },
    stop: async () => {
      begin()
      let forceStopTimer: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => {
        forceStopTimer = setTimeout(resolve, stopTimeoutMs)
      })
      await Promise.race([Promise.all(underWay), enough])
      clearTimeout(forceStopTimer)
    },
  }
}

/** What a log may have of a failure: the words of SMTP servers repeat the address. */
function facts(error: unknown): object {
  if (!(error instanceof Error)) return { error: 'thrown value' }
  const { code, responseCode } = { code: undefined, responseCode: undefined, ...error }
  return { error: error.name, code, responseCode }
}
