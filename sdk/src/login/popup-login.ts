import { type ErrorCode, failure } from '../errors.ts'
import { originOf } from '../http/url.ts'
import type { Doors } from '../oauth.ts'
import type { WindowPlatform } from '../platform/platform.ts'
import {
  authorizationUrl,
  type LoginOptions,
  type OpenUrl,
  openUrlOf,
  redirectUriOf,
  transactionOf,
} from '../protocol/authorization-request.ts'
import { codeOf } from '../protocol/authorization-response.ts'
import type { Transaction } from '../protocol/transaction.ts'
import type { LoginContext } from '../session/context.ts'
import { awaitAnswer, type PopupLogin } from './handoff.ts'

/** The logins by `openUrl` that wait for `handleRedirect` in this page, by state. */
export type Waiting = Map<string, (outcome: Promise<void>) => void>

/** The opening end of a login: `OAuth.login`. */
export function loginOf(
  { app, platform, transactions, session }: LoginContext<WindowPlatform>,
  waiting: Waiting,
): Doors['login'] {
  let running: Pick<PopupLogin, 'focus' | 'cancel'> | undefined
  let outcome: Promise<void> | undefined

  function open(options: LoginOptions, transaction: Transaction) {
    const outlivesPage = transactions.begin(transaction)
    if (transaction.mode === 'page' && !outlivesPage) {
      transactions.drop(transaction.state)
      throw failure('storage_blocked')
    }
    return platform.openAuthorization(authorizationUrl(app, options, transaction), transaction.mode)
  }

  /** Nothing tells that the person left what the app has shown: another login replaces this one. */
  function openElsewhere(openUrl: OpenUrl, options: LoginOptions, transaction: Transaction): Promise<void> {
    const { state } = transaction
    return new Promise<void>((resolve, reject) => {
      const cancel = (code: ErrorCode) => reject(failure(code))
      running = { cancel, focus: () => false }
      waiting.set(state, resolve)
      options.signal?.addEventListener('abort', () => cancel('aborted'))
      transactions.begin(transaction)
      Promise.resolve(openUrl(authorizationUrl(app, options, transaction))).catch(reject)
    }).catch((error) => {
      waiting.delete(state)
      transactions.drop(state)
      throw error
    })
  }

  /** Awaits nothing before it opens: a popup needs the click. */
  async function start(options: LoginOptions): Promise<void> {
    const openUrl = openUrlOf(app, options)
    const redirectUri = redirectUriOf(app, options)
    const page = platform.page.url()
    // With `openUrl` the app itself brings the callback's URL here.
    if (!openUrl && !page) throw failure('no_page')
    // The callback finds the login's secret, and the opener, on its own origin only.
    if (!openUrl && originOf(redirectUri) !== originOf(page)) throw failure('redirect_uri_origin')
    const mode = options.display === 'fullScreen' || openUrl ? 'page' : 'popup'
    const transaction = transactionOf(app, options, platform, redirectUri, mode)
    running?.cancel('superseded')
    running = undefined
    if (openUrl) return openElsewhere(openUrl, options, transaction)

    const opened = open(options, transaction)
    if (opened) {
      const popup = awaitAnswer(platform, transactions, transaction.state, opened, options.signal)
      running = popup
      const answer = await popup.answer
      if (answer) return session.exchange(codeOf(answer, app.issuer), transaction, options.signal)
      // The callback page completed it, which helps only if the token store is shared.
      if (await session.valid()) return
      throw failure('popup_closed')
    }
    if (mode === 'popup') {
      transactions.drop(transaction.state)
      if (options.fallback !== 'redirect') throw failure('popup_blocked')
      open(options, { ...transaction, mode: 'page' })
    }
    // This page is left.
    return new Promise(() => {})
  }

  return (options = {}) => {
    if (outcome && running?.focus()) return outcome
    const login = start(options).finally(() => {
      if (outcome === login) running = undefined
    })
    outcome = login
    return login
  }
}
