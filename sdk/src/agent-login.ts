import { type Answer, answerIn } from './answer.ts'
import type { LoginContext } from './context.ts'
import { failure } from './errors.ts'
import type { Doors } from './oauth.ts'
import type { AgentPlatform, UserAgent } from './platform.ts'
import { redeem } from './redeem.ts'
import { authorizationUrl, type LoginOptions, openUrlOf, redirectUriOf, transactionOf } from './request.ts'

/** Rejects once the app ends the login. */
function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(failure('aborted')))
  })
}

/** Logging in by an external user agent (RFC 8252): an in-app browser tab, or the system's browser. */
export function agentDoors(context: LoginContext<AgentPlatform>): Doors {
  const { app, platform, transactions } = context
  /** The answers that came, by state: a link can be delivered twice. */
  const handled = new Map<string, Promise<void>>()
  let running: Promise<void> | undefined

  async function complete(answer: Answer): Promise<void> {
    await platform.load()
    if (transactions.isForeign(answer.state)) return
    if (!(await redeem(context, answer))) throw failure('state_mismatch')
  }

  function handle(url: string | null): Promise<void> {
    const found = url ? answerIn(url) : null
    if (!found) return Promise.resolve()
    const { state } = found.answer
    const outcome = handled.get(state) ?? complete(found.answer)
    handled.set(state, outcome)
    return outcome
  }

  async function show(agent: UserAgent, options: LoginOptions): Promise<void> {
    const transaction = transactionOf(app, options, platform, agent.redirectUri, 'page')
    await platform.load()
    transactions.begin(transaction)
    // The system may end the app while the page is open.
    await platform.saved()
    const shown = agent.show(authorizationUrl(app, options, transaction), openUrlOf(app, options))
    const url = await Promise.race([shown, aborted(options.signal)]).catch((error) => {
      transactions.drop(transaction.state)
      throw error
    })
    if (url) return handle(url)
    // The app may have been given the link in another way. The record stays for one that is late.
    const outcome = handled.get(transaction.state)
    if (!outcome) throw failure('popup_closed')
    return outcome
  }

  async function logIn(options: LoginOptions): Promise<void> {
    const agent = await platform.agent(redirectUriOf(app, options))
    try {
      await show(agent, options)
    } finally {
      agent.close()
    }
  }

  return {
    login: (options = {}) => {
      running ??= logIn(options).finally(() => {
        running = undefined
      })
      return running
    },
    handleRedirect: async (url) => handle(url ?? (await platform.startedBy())),
    hasRedirectResult: (url) => url !== undefined && answerIn(url) !== null,
  }
}
