import { codeOf } from './answer.ts'
import { type ErrorCode, failure } from './errors.ts'
import type { Observed } from './events.ts'
import { awaitAnswer, type PopupLogin } from './handoff.ts'
import type { Platform } from './platform.ts'
import {
  type App,
  authorizationUrl,
  type LoginOptions,
  type OpenUrl,
  openUrlOf,
  transactionOf,
} from './request.ts'
import type { Session } from './session.ts'
import type { Transaction, Transactions } from './transaction.ts'

/** What both ends of a login work with. */
export interface LoginContext {
  readonly app: App
  readonly platform: Platform
  readonly transactions: Transactions
  readonly session: Session
  readonly observed: Observed
  /** The logins by `openUrl` that wait for `handleRedirect` in this page, by state. */
  readonly waiting: Map<string, (outcome: Promise<void>) => void>
}

/** The opening end of a login: `OAuth.login`. */
export function loginOf(context: LoginContext): (options?: LoginOptions) => Promise<void> {
  const { app, platform, transactions, session, waiting } = context
  let running: Pick<PopupLogin, 'isSevered' | 'focus' | 'cancel'> | undefined
  let outcome: Promise<void> | undefined

  function open(options: LoginOptions, transaction: Transaction) {
    const outlivesPage = transactions.begin(transaction)
    if (transaction.mode === 'page' && !outlivesPage) {
      transactions.drop(transaction.state)
      throw failure('storage_blocked')
    }
    return platform.openAuthorization(authorizationUrl(app, options, transaction), transaction.mode)
  }

  function leavePage(options: LoginOptions, transaction: Transaction): Promise<void> {
    open(options, { ...transaction, mode: 'page' })
    return new Promise(() => {})
  }

  /** Nothing tells that the person left what the app has shown: another login replaces this one. */
  function openElsewhere(openUrl: OpenUrl, options: LoginOptions, transaction: Transaction): Promise<void> {
    const { state } = transaction
    const { signal } = options
    transactions.begin(transaction)
    const shown = (async () => openUrl(authorizationUrl(app, options, transaction)))()
    return new Promise((resolve, reject) => {
      const end = (reason: unknown) => {
        waiting.delete(state)
        transactions.drop(state)
        reject(reason)
      }
      const cancel = (code: ErrorCode) => end(failure(code))
      running = { cancel, focus: () => {}, isSevered: () => true }
      waiting.set(state, resolve)
      signal?.addEventListener('abort', () => cancel('aborted'))
      shown.catch(end)
    })
  }

  async function finish(popup: PopupLogin, transaction: Transaction, signal: AbortSignal | undefined) {
    const answer = await popup.answer
    if (answer)
      return session.exchange(codeOf(answer, app.issuer), transaction, () => signal?.aborted === true)
    // The callback page completed it, which helps only if the token store is shared.
    if (!(await session.hasAccessToken())) throw failure('popup_closed')
  }

  /** Awaits nothing before it opens: a popup needs the click. */
  async function start(options: LoginOptions): Promise<void> {
    const transaction = transactionOf(app, options, platform)
    running?.cancel('superseded')
    running = undefined
    const openUrl = openUrlOf(app, options)
    if (openUrl) return openElsewhere(openUrl, options, transaction)
    if (transaction.mode === 'page') return leavePage(options, transaction)

    const opened = open(options, transaction)
    if (!opened && options.fallback === 'redirect') return leavePage(options, transaction)
    if (!opened) {
      transactions.drop(transaction.state)
      throw failure('popup_blocked')
    }
    const popup = awaitAnswer(platform, transactions, transaction.state, opened, options.signal)
    running = popup
    return finish(popup, transaction, options.signal)
  }

  return (options = {}) => {
    if (outcome && running && !running.isSevered()) {
      running.focus()
      return outcome
    }
    const login = start(options).finally(() => {
      if (outcome === login) running = undefined
    })
    outcome = login
    return login
  }
}
