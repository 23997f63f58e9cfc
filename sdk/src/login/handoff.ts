import {
  ACKNOWLEDGE_WITHIN,
  CLOSED_GRACE,
  COMPLETES_WITHIN,
  LOGIN_LIFETIME,
  monotonic,
  POLL_EVERY,
  SEVERED_GRACE,
  UNHANDLED_WITHIN,
} from '../durations.ts'
import { type ErrorCode, failure, isErrorCode, type StagedoorError } from '../errors/errors.ts'
import { fields, isText } from '../http/fields.ts'
import type { AuthorizationWindow, WindowPlatform } from '../platform/platform.ts'
import { type Answer, answerIn, parseAnswer } from '../protocol/authorization-response.ts'
import { recordOf } from '../protocol/transaction.ts'
import type { LoginContext } from '../session/context.ts'

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
 * `redirect_uri_origin` in a sandboxed page, what `wrong` does, or what the callback page failed with.
 *
 * @param wrong Rejects when no login can end at the server.
 * @param redeem Redeems an answer that came although the popup had been taken for closed. Nobody awaits that any more.
 */
export function awaitAnswer(
  {
    name,
    platform: { channel, page, storage },
    session,
    transactions,
    observed,
  }: LoginContext<WindowPlatform>,
  state: string,
  popup: AuthorizationWindow,
  signal: AbortSignal | undefined,
  wrong: Promise<never>,
  redeem: (answer: Answer) => Promise<void>,
): PopupLogin {
  let isSevered = false
  let cancel: PopupLogin['cancel'] = () => {}

  const answer = new Promise<Answer | null>((resolve) => {
    let deadline = monotonic() + LOGIN_LIFETIME
    /** When the popup may have been open, as far as is known. */
    let openAt = monotonic()
    /** Since when it has shown an answer that its page does nothing with. */
    let shownAt: number | undefined
    /** How long it is closed before its login ends; longer while nobody knows whether it is severed. */
    let grace = 2 * CLOSED_GRACE
    let hasAsked = false
    let hasLeft = false
    let isAnswered = false
    let isGuessed = false
    let limit: ReturnType<typeof setTimeout> | undefined

    let isOver = false
    const end = (outcome: Answer | null | Promise<never>) => {
      isOver = true
      isSevered = false
      clearInterval(poll)
      clearTimeout(limit)
      signal?.removeEventListener('abort', abort)
      messages.then(
        (opened) => opened.close(),
        () => {},
      )
      resolve(outcome)
    }
    const fail = (code: ErrorCode) => end(Promise.reject(failure(code)))
    const giveUp = (error: StagedoorError) => {
      transactions.drop(state)
      popup.close()
      end(Promise.reject(error))
    }
    cancel = (code) => giveUp(failure(code))
    const abort = () => cancel('aborted')
    const awaitCompletion = () => {
      isAnswered = true
      deadline = monotonic() + COMPLETES_WITHIN
    }

    const askPolicy = async () => {
      hasAsked = true
      isSevered = await page.facts().then(
        ({ seversPopups }) => seversPopups,
        () => false,
      )
      grace = isSevered ? SEVERED_GRACE : CLOSED_GRACE
    }

    /** Whether the storage was emptied meanwhile, so that this page alone still knows of the login. */
    const isErased = () => storage.get(recordOf(name, state)) === null && session.login() !== state

    const accept = async (found: Answer | null | undefined, taken: () => void) => {
      if (isAnswered || found?.state !== state) return
      awaitCompletion()
      if (!(await transactions.take(state)) && !isErased()) return
      taken()
      if (isGuessed) redeem(found).catch((error) => observed.emit({ type: 'error', error }))
      end(found)
    }

    /** Takes an answer from the address of a callback page that leaves it there, or that does not exist. */
    const lookAtAddress = (now: number) => {
      const shown = answerIn(popup.url() ?? '')?.answer
      if (shown?.state !== state) shownAt = undefined
      else shownAt ??= now
      if (shownAt !== undefined && now - shownAt > UNHANDLED_WITHIN) accept(shown, () => popup.close())
    }

    const look = () => {
      const now = monotonic()
      if (now > deadline) return isAnswered ? fail('popup_closed') : cancel('login_timeout')
      if (isAnswered) return
      lookAtAddress(now)
      const isHere = page.hasFocus()
      hasLeft ||= !isHere
      if (popup.closed && !hasAsked) askPolicy()
      if (!popup.closed || (isSevered && (!isHere || !hasLeft))) openAt = now
      if (now - openAt < grace) return
      if (transactions.peek(state) || isErased()) guess()
      else awaitCompletion()
    }

    /** Should it live after all, its answer is still taken: so the record stays, and this page listens on. */
    const guess = () => {
      isGuessed = true
      clearInterval(poll)
      limit = setTimeout(end, deadline - monotonic(), null)
      resolve(Promise.reject(failure('popup_closed')))
    }

    const messages = channel(nameOf(state), async (data, reply) => {
      const { stagedoor: kind, answer, error } = messageOf(state, data)
      if (kind === 'done') return isErrorCode(error) ? fail(error) : end(null)
      const found = kind === 'answer' && isText(answer) ? parseAnswer(answer) : null
      accept(found, () => reply({ stagedoor: 'taken', state } satisfies Message))
    })
    messages.catch(giveUp)
    const poll = setInterval(look, POLL_EVERY)
    wrong.catch((error) => {
      if (!isOver && !isAnswered && !isGuessed) giveUp(error)
    })
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
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
  const messages = await channel(nameOf(state), (data) => {
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
