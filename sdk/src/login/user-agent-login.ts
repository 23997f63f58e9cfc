import { LINK_GRACE } from '../durations.ts'
import { failure, isStagedoorError } from '../errors/errors.ts'
import type { LoginFlow } from '../oauth.ts'
import type { AgentPlatform, UserAgent } from '../platform/platform.ts'
import {
  authorizationUrl,
  type LoginOptions,
  openUrlOf,
  redirectUriOf,
  transactionOf,
} from '../protocol/authorization-request.ts'
import { answerIn } from '../protocol/authorization-response.ts'
import type { LoginContext } from '../session/context.ts'
import { linksOf } from './links.ts'
import { readySession } from './ready-session.ts'
import { redeem } from './redeem.ts'
import { wrongServer } from './wrong-server.ts'

/** What can end a login from outside. */
interface Ending {
  readonly promise: Promise<never>
  readonly aborted: boolean
  readonly end: (code: 'aborted' | 'superseded') => void
}

function endingOf(): Ending {
  let aborted = false
  let end: Ending['end'] = () => {}
  const promise = new Promise<never>((_resolve, reject) => {
    end = (code) => {
      aborted = true
      reject(failure(code))
    }
  })
  promise.catch(() => {})
  return {
    promise,
    get aborted() {
      return aborted
    },
    end,
  }
}

/** Logging in by an external user agent (RFC 8252): an in-app browser tab, or the system's browser. */
export function userAgentLogin(context: LoginContext<AgentPlatform>): LoginFlow {
  const { app, platform, transactions, session } = context
  const links = linksOf(context)
  let running: { readonly outcome: Promise<void>; readonly supersede: (() => void) | undefined } | undefined

  /** What becomes of a login whose page has ended, with a link or without one. */
  async function settle(url: string | null, state: string): Promise<void> {
    if (url !== null) {
      if (answerIn(url)?.answer.state === state) return links.handle(url)
      links.receive(url)
    }
    await new Promise((resolve) => setTimeout(resolve, LINK_GRACE))
    const outcome = links.outcomeOf(state)
    if (!outcome) throw failure('popup_closed')
    return outcome
  }

  async function show(agent: UserAgent, options: LoginOptions, ending: Ending): Promise<void> {
    const transaction = transactionOf(app, options, platform, agent.redirectUri, 'page')
    const { state } = transaction
    const orEnded = <T>(promise: Promise<T>) => Promise.race([ending.promise, promise])
    await orEnded(links.start())
    let forget = () => {}
    const answered = new Promise<void>((resolve) => {
      forget = links.expect(state, (answer) => {
        const outcome = redeem(context, answer, ending).then((isDone) => {
          if (!isDone) throw failure('login_timeout')
        })
        resolve(outcome)
        return outcome
      })
    })
    const request = authorizationUrl(app, options, transaction)
    transactions.begin(transaction, request)
    try {
      // The system may end the app while the page is open.
      await orEnded(platform.saved())
      const shown = agent.show(request, openUrlOf(app, options))
      const ended = shown.then((url) => settle(url, state))
      await orEnded(Promise.race([answered, ended, wrongServer(app.issuer)]))
    } catch (error) {
      // A link that is late can still complete a login that was closed.
      if (!isStagedoorError(error) || error.code !== 'popup_closed') transactions.drop(state)
      throw error
    } finally {
      forget()
    }
  }

  async function logIn(options: LoginOptions, ending: Ending): Promise<void> {
    const { signal } = options
    const abort = () => ending.end('aborted')
    signal?.addEventListener('abort', abort)
    try {
      const agent = await platform.agent(redirectUriOf(app, options))
      await show(agent, options, ending).finally(() => agent.close())
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  return {
    login: (options = {}) => {
      if (running && !running.supersede) return running.outcome
      running?.supersede?.()
      const ending = endingOf()
      const outcome = logIn(options, ending).finally(() => {
        if (running?.outcome === outcome) running = undefined
      })
      // Nothing tells that the person left what the app has shown: another login replaces it.
      const supersede = openUrlOf(app, options) && (() => ending.end('superseded'))
      running = { outcome, supersede }
      return outcome
    },
    handleRedirect: async (url) => {
      if (url !== undefined) return links.handle(url)
      const first = await links.start()
      // The system hands out the link that started the app again and again, also in later starts.
      if (first !== null)
        await links.handle(first).catch((error) => {
          if (error.code !== 'state_mismatch') throw error
        })
    },
    hasRedirectResult: (url) => url !== undefined && answerIn(url) !== null,
    readySession: readySession(session, links.ready),
  }
}
