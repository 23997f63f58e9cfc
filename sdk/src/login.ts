import { codeOf } from './answer.ts'
import type { LoginContext } from './context.ts'
import { type ErrorCode, failure } from './errors.ts'
import { awaitAnswer, type PopupLogin } from './handoff.ts'
import type { Doors } from './oauth.ts'
import type { WindowPlatform } from './platform.ts'
import {
  type App,
  authorizationUrl,
  type LoginOptions,
  type OpenUrl,
  openUrlOf,
  redirectUriOf,
  transactionOf,
} from './request.ts'
import type { Transaction } from './transaction.ts'
import { originOf } from './url.ts'

/** The logins by `openUrl` that wait for `handleRedirect` in this page, by state. */
export type Waiting = Map<string, (outcome: Promise<void>) => void>

function redirectUriHere(app: App, options: LoginOptions, page: string): string {
  const redirectUri = redirectUriOf(app, options)
  // The app itself brings the callback's URL here.
  if (openUrlOf(app, options)) return redirectUri
  if (!page) throw failure('no_page')
  // The callback finds the login's secret, and the opener, on its own origin only.
  if (originOf(redirectUri) !== originOf(page)) throw failure('redirect_uri_origin')
  return redirectUri
}

/** The opening end of a login: `OAuth.login`. */
export function loginOf(
  { app, platform, transactions, session }: LoginContext<WindowPlatform>,
  waiting: Waiting,
): Doors['login'] {
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
    if (answer) return session.exchange(codeOf(answer, app.issuer), transaction, signal)
    // The callback page completed it, which helps only if the token store is shared.
    if (!(await session.valid())) throw failure('popup_closed')
  }

  /** Awaits nothing before it opens: a popup needs the click. */
  async function start(options: LoginOptions): Promise<void> {
    const openUrl = openUrlOf(app, options)
    const mode = options.display === 'fullScreen' || openUrl ? 'page' : 'popup'
    const redirectUri = redirectUriHere(app, options, platform.page.url())
    const transaction = transactionOf(app, options, platform, redirectUri, mode)
    running?.cancel('superseded')
    running = undefined
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
