import { type ErrorCode, failure } from '../errors/errors.ts'
import { originOf } from '../http/url.ts'
import type { LoginFlow } from '../oauth.ts'
import type { AuthorizationWindow, WindowPlatform } from '../platform/platform.ts'
import {
  authorizationUrl,
  type LoginOptions,
  type OpenUrl,
  openUrlOf,
  redirectUriOf,
  silentUrl,
  transactionOf,
} from '../protocol/authorization-request.ts'
import type { Transaction } from '../protocol/transaction.ts'
import type { LoginContext } from '../session/context.ts'
import type { PopupLogin } from './handoff.ts'
import type { Again } from './lost-login.ts'

/** The logins by `openUrl` that wait for `handleRedirect` in this page, by state. */
export type Waiting = Map<string, (outcome: Promise<void>) => void>

/** Loads what a login needs after its beginning. Rejects with `unreachable`. */
export type Flow = () => Promise<typeof import('./flow.ts')>

/** The opening end of a login: `OAuth.login`. */
export function loginOf(
  context: LoginContext<WindowPlatform>,
  flow: Flow,
  waiting: Waiting,
): LoginFlow['login'] {
  const { app, platform, transactions } = context
  let running: Pick<PopupLogin, 'focus' | 'cancel'> | undefined
  let outcome: Promise<void> | undefined
  /** A login whose code could not be redeemed. */
  let lost: Again | undefined

  function open(options: LoginOptions, transaction: Transaction, isAgain = false) {
    const request = silentUrl(app, options, transaction)
    if (isAgain) return platform.openAuthorization(request, transaction.mode)
    const outlivesPage = transactions.begin(transaction, request)
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
      transactions.begin(transaction, silentUrl(app, options, transaction))
      Promise.resolve(openUrl(authorizationUrl(app, options, transaction))).catch(reject)
    }).catch((error) => {
      waiting.delete(state)
      transactions.drop(state)
      throw error
    })
  }

  async function follow(
    opened: AuthorizationWindow,
    transaction: Transaction,
    options: LoginOptions,
  ): Promise<void> {
    let ended: ErrorCode | undefined
    running = {
      focus: () => {
        opened.focus()
        return true
      },
      cancel: (code) => {
        ended = code
      },
    }
    const { awaitPopup, wrongServer } = await flow()
    const handOver = (popup: PopupLogin) => {
      if (ended) popup.cancel(ended)
      else running = popup
    }
    const lose = (again: Again) => {
      lost = again
    }
    return awaitPopup(context, opened, transaction, options, wrongServer(app.issuer), handOver, lose)
  }

  /** Awaits nothing before it opens: a popup needs the click. */
  async function start(options: LoginOptions): Promise<void> {
    const openUrl = openUrlOf(app, options)
    const redirectUri = redirectUriOf(app, options)
    const page = platform.page.url()
    // With `openUrl` the app itself brings the callback's URL here.
    if (!openUrl && !page) throw failure('no_page')
    // The callback finds the login's secret, and the opener, on its own origin only.
    const origin = originOf(page)
    if (!openUrl && (!origin || originOf(redirectUri) !== origin)) throw failure('redirect_uri_origin')
    const mode = options.display === 'fullScreen' || openUrl ? 'page' : 'popup'
    const again = openUrl ? undefined : lost?.(options, redirectUri, mode)
    if (!openUrl) lost = undefined
    const transaction = again ?? transactionOf(app, options, platform, redirectUri, mode)
    running?.cancel('superseded')
    running = undefined
    if (openUrl) return openElsewhere(openUrl, options, transaction)

    const opened = open(options, transaction, Boolean(again))
    if (opened) return follow(opened, transaction, options)
    if (mode === 'popup') {
      transactions.drop(transaction.state)
      if (options.fallback !== 'redirect') throw failure('popup_blocked')
      open(options, { ...transaction, mode: 'page' })
    }
    // This page is left.
    return new Promise(() => {})
  }

  /** Tells a developer more of a failure than its code. */
  const explain = (options: LoginOptions, error: unknown) =>
    flow()
      .then(({ advise }) => advise(context, options, error))
      .catch(() => {})

  return (options = {}) => {
    if (outcome && running?.focus()) return outcome
    const login = start(options)
      .catch((error) => {
        explain(options, error)
        throw error
      })
      .finally(() => {
        if (outcome === login) running = undefined
      })
    outcome = login
    return login
  }
}
