import { type ErrorCode, failure, isErrorCode } from '../errors.ts'
import { fields, isText } from '../http/fields.ts'
import type { AuthorizationWindow, WindowPlatform } from '../platform/platform.ts'
import { type Answer, parseAnswer } from '../protocol/authorization-response.ts'
import type { Transactions } from '../protocol/transaction.ts'

/** How long a callback page waits for the page that opened it, before it completes the login itself. */
const ACKNOWLEDGE_WITHIN = 1000
/** A popup reported closed sooner than a person can close one is severed, not closed. */
const TOO_SOON_TO_BE_CLOSED = 1500
const CLOSED_GRACE = 1250
/** A severed popup that the person came back from, this long ago, is taken for closed. */
const SEVERED_GRACE = 3250
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

/** The message that a window sent about a login; no fields when it is none. */
function messageOf(state: string, data: unknown): ReturnType<typeof fields> {
  const message = fields(data)
  return message['state'] === state ? message : {}
}

const nameOf = (state: string) => `stagedoor:${state}`

export interface PopupLogin {
  /** The answer, now this page's to redeem; null when the callback page completed the login itself. */
  readonly answer: Promise<Answer | null>
  /** Shows the popup again. Answers false when it cannot: then only its answer can tell that it still lives. */
  focus(): boolean
  cancel(code: ErrorCode): void
}

/**
 * The opener's end of a popup login. `answer` rejects with `popup_closed`, `aborted`, `superseded`, `login_timeout`,
 * or what the callback page failed with.
 */
export function awaitAnswer(
  { channel, page }: WindowPlatform,
  transactions: Transactions,
  state: string,
  popup: AuthorizationWindow,
  signal: AbortSignal | undefined,
): PopupLogin {
  let isSevered = false
  let cancel: PopupLogin['cancel'] = () => {}

  const answer = new Promise<Answer | null>((resolve) => {
    const openedAt = Date.now()
    let deadline = openedAt + GIVE_UP_AFTER
    /** When the popup may have been open, as far as is known. */
    let openAt = openedAt
    let hasLeft = false
    let isAnswered = false

    const end = (outcome: Answer | null | Promise<never>) => {
      isSevered = false
      clearInterval(poll)
      signal?.removeEventListener('abort', abort)
      messages.close()
      resolve(outcome)
    }
    const fail = (code: ErrorCode) => end(Promise.reject(failure(code)))
    cancel = (code) => {
      transactions.drop(state)
      popup.close()
      fail(code)
    }
    const abort = () => cancel('aborted')
    const awaitCompletion = () => {
      isAnswered = true
      deadline = Date.now() + COMPLETES_WITHIN
    }

    const look = () => {
      const now = Date.now()
      if (now > deadline) return cancel(isAnswered ? 'popup_closed' : 'login_timeout')
      if (isAnswered) return
      const isHere = page.hasFocus()
      hasLeft ||= !isHere
      if (popup.closed) isSevered ||= now - openedAt < TOO_SOON_TO_BE_CLOSED
      if (!popup.closed || !isHere || (isSevered && !hasLeft)) openAt = now
      if (now - openAt < (isSevered ? SEVERED_GRACE : CLOSED_GRACE)) return
      if (!transactions.peek(state)) awaitCompletion()
      // Should it live after all, its callback page completes the login: the record stays.
      else if (isSevered) fail('popup_closed')
      else cancel('popup_closed')
    }

    const messages = channel(nameOf(state), async (data, reply) => {
      const { stagedoor: kind, answer, error } = messageOf(state, data)
      if (kind === 'done') return isErrorCode(error) ? fail(error) : end(null)
      const parsed = kind === 'answer' && isText(answer) ? parseAnswer(answer) : null
      if (isAnswered || parsed?.state !== state) return
      awaitCompletion()
      if (!(await transactions.take(state))) return
      reply({ stagedoor: 'taken', state } satisfies Message)
      end(parsed)
    })
    const poll = setInterval(look, POLL_EVERY)
    signal?.addEventListener('abort', abort)
  })

  const focus = () => {
    popup.focus()
    return !isSevered
  }
  return { answer, focus, cancel }
}

/**
 * The callback page's end of a popup login: offers the answer to the page that opened it. When nobody takes it in time
 * (the page was closed or reloaded) `complete` redeems it here, so that no answered login is lost; it answers false
 * when the login was taken after all. Answers whether the opener took it. Rejects with `state_mismatch` when the login
 * is nobody's.
 */
export async function offerAnswer(
  { channel }: WindowPlatform,
  { state, written }: Answer,
  complete: () => Promise<boolean>,
): Promise<boolean> {
  let heard: (isTaken: boolean) => void = () => {}
  const taken = new Promise<boolean>((resolve) => {
    heard = resolve
  })
  const messages = channel(nameOf(state), (data) => {
    if (messageOf(state, data)['stagedoor'] === 'taken') heard(true)
  })
  const post = (message: Omit<Message, 'state'>) => messages.post({ ...message, state })
  const isTaken = () =>
    Promise.race([taken, new Promise<boolean>((resolve) => setTimeout(resolve, ACKNOWLEDGE_WITHIN, false))])

  try {
    post({ stagedoor: 'answer', answer: written })
    if (await isTaken()) return true
    const isCompleted = await complete().catch((error) => {
      post({ stagedoor: 'done', error: error.code })
      throw error
    })
    if (isCompleted) post({ stagedoor: 'done' })
    else if (!(await isTaken())) throw failure('state_mismatch')
    return !isCompleted
  } finally {
    messages.close()
  }
}
