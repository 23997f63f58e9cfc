import { codeOf } from './answer.ts'
import { failure } from './errors.ts'
import type { Observed } from './events.ts'
import { awaitAnswer, type PopupLogin } from './handoff.ts'
import type { Platform } from './platform.ts'
import { type App, authorizationUrl, type LoginOptions, transactionOf } from './request.ts'
import type { Session } from './session.ts'
import type { Transaction, Transactions } from './transaction.ts'

/** What both ends of a login work with. */
export interface LoginContext {
  readonly app: App
  readonly platform: Platform
  readonly transactions: Transactions
  readonly session: Session
  readonly observed: Observed
}

/** The opening end of a login: `OAuth.login`. */
export function loginOf(context: LoginContext): (options?: LoginOptions) => Promise<void> {
  const { app, platform, transactions, session } = context
  let running: PopupLogin | undefined
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
    if (transaction.mode === 'page') return leavePage(options, transaction)

    const opened = open(options, transaction)
    if (!opened && options.fallback === 'redirect') return leavePage(options, transaction)
    if (!opened) {
      transactions.drop(transaction.state)
      throw failure('popup_blocked')
    }
    running = awaitAnswer(platform, transactions, transaction.state, opened, options.signal)
    return finish(running, transaction, options.signal)
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
