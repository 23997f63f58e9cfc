import { type Answer, parseAnswer } from './answer.ts'
import { type ErrorCode, failure, isErrorCode, isStagedoorError } from './errors.ts'
import { fields, isText } from './fields.ts'
import type { AuthorizationWindow, WindowPlatform } from './platform.ts'
import type { Transactions } from './transaction.ts'

/** How long a callback page waits for the page that opened it, before it completes the login itself. */
const ACKNOWLEDGE_WITHIN = 1000
/** A popup reported closed sooner than a person can close one is severed, not closed. */
const TOO_SOON_TO_BE_CLOSED = 1500
const CLOSED_GRACE = 1000
/** A severed popup that the person came back from, this long ago, is taken for closed. */
const SEVERED_GRACE = 3000
const POLL_EVERY = 250
/** Longer than a token request may take. */
const COMPLETES_WITHIN = 15_000
const GIVE_UP_AFTER = 10 * 60_000

/** The windows of a login tell each other: here is the answer; I took it; I completed it, or failed to. */
interface Message {
  readonly stagedoor: 'answer' | 'taken' | 'done'
  readonly state: string
  readonly answer?: string
  readonly error?: ErrorCode | undefined
}

function parseMessage(data: unknown, state: string) {
  const { stagedoor: kind, state: theirs, answer, error } = fields(data)
  if (theirs !== state) return {}
  const parsed = isText(answer) ? parseAnswer(answer) : null
  return {
    kind,
    answer: parsed?.state === state ? parsed : null,
    error: isErrorCode(error) ? error : undefined,
  }
}

const nameOf = (state: string) => `stagedoor:${state}`

export interface PopupLogin {
  /** The answer, now this page's to redeem; null when the callback page completed the login itself. */
  readonly answer: Promise<Answer | null>
  /** Whether the popup was cut off, so that only its answer can tell that it still lives. */
  isSevered(): boolean
  focus(): void
  cancel(code: ErrorCode): void
}

/**
 * The opener's end of a popup login. `answer` rejects with `popup_closed`, `aborted`, `superseded`, `login_timeout`,
 * or what the callback page failed with.
 */
export function awaitAnswer(
  platform: WindowPlatform,
  transactions: Transactions,
  state: string,
  popup: AuthorizationWindow,
  signal: AbortSignal | undefined,
): PopupLogin {
  let severed = false
  let cancel: PopupLogin['cancel'] = () => {}

  const answer = new Promise<Answer | null>((resolve, reject) => {
    const openedAt = Date.now()
    let closedAt: number | undefined
    let hasLeft = false
    let taking = false

    const end = () => {
      severed = false
      clearInterval(poll)
      clearTimeout(limit)
      signal?.removeEventListener('abort', abort)
      channel.close()
    }
    cancel = (code) => {
      end()
      transactions.drop(state)
      popup.close()
      reject(failure(code))
    }
    const abort = () => cancel('aborted')

    const awaitCompletion = () => {
      clearInterval(poll)
      clearTimeout(limit)
      limit = setTimeout(cancel, COMPLETES_WITHIN, 'popup_closed')
    }

    const take = async (answer: Answer, reply: (data: object) => void) => {
      taking = true
      awaitCompletion()
      if (!(await transactions.take(state))) return
      reply({ stagedoor: 'taken', state } satisfies Message)
      end()
      resolve(answer)
    }

    const look = () => {
      const now = Date.now()
      const isHere = platform.page.hasFocus()
      hasLeft ||= !isHere
      if (popup.isClosed()) severed ||= now - openedAt < TOO_SOON_TO_BE_CLOSED
      if (!popup.isClosed() || !isHere || (severed && !hasLeft)) {
        closedAt = undefined
        return
      }
      closedAt ??= now
      if (now - closedAt < (severed ? SEVERED_GRACE : CLOSED_GRACE)) return
      if (!transactions.peek(state)) awaitCompletion()
      else if (!severed) cancel('popup_closed')
      else {
        // Should it live after all, its callback page completes the login: the record stays.
        end()
        reject(failure('popup_closed'))
      }
    }

    const channel = platform.channel(nameOf(state), (data, reply) => {
      const { kind, answer, error } = parseMessage(data, state)
      if (kind === 'answer' && answer && !taking) take(answer, reply)
      if (kind === 'done') {
        end()
        if (error) reject(failure(error))
        else resolve(null)
      }
    })
    const poll = setInterval(look, POLL_EVERY)
    let limit = setTimeout(cancel, GIVE_UP_AFTER, 'login_timeout')
    signal?.addEventListener('abort', abort)
  })

  return { answer, isSevered: () => severed, focus: () => popup.focus(), cancel }
}

/**
 * The callback page's end of a popup login: offers the answer to the page that opened it. When nobody takes it in time
 * (the page was closed or reloaded) `complete` redeems it here, so that no answered login is lost; it answers false
 * when the login was taken after all. Answers whether the opener took it. Rejects with `state_mismatch` when the login
 * is nobody's.
 */
export async function offerAnswer(
  platform: WindowPlatform,
  answer: Answer,
  complete: () => Promise<boolean>,
): Promise<boolean> {
  const { state } = answer
  let heard: (taken: boolean) => void = () => {}
  const taken = new Promise<boolean>((resolve) => {
    heard = resolve
  })
  const channel = platform.channel(nameOf(state), (data) => {
    if (parseMessage(data, state).kind === 'taken') heard(true)
  })
  const post = (message: Omit<Message, 'state'>) => channel.post({ ...message, state })
  const isTaken = () =>
    Promise.race([taken, new Promise<boolean>((resolve) => setTimeout(resolve, ACKNOWLEDGE_WITHIN, false))])

  try {
    post({ stagedoor: 'answer', answer: answer.written })
    if (await isTaken()) return true
    if (await complete()) {
      post({ stagedoor: 'done' })
      return false
    }
    if (await isTaken()) return true
    throw failure('state_mismatch')
  } catch (error) {
    if (isStagedoorError(error) && error.code !== 'state_mismatch')
      post({ stagedoor: 'done', error: error.code })
    throw error
  } finally {
    channel.close()
  }
}
