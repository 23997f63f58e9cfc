import { READY_WITHIN } from '../durations.ts'
import { failure } from '../errors/errors.ts'
import type { AgentPlatform } from '../platform/platform.ts'
import { type Answer, answerIn } from '../protocol/authorization-response.ts'
import type { LoginContext } from '../session/context.ts'
import { redeem } from './redeem.ts'

/** What to do with an answer. */
type Take = (answer: Answer) => Promise<void>

/** By state: the logins that wait, and what became of the answers that came. */
interface Inbox {
  readonly waiting: Map<string, Take>
  readonly outcomes: Map<string, Promise<void>>
}

/** One for all instances on a platform, as each of them hears every link. */
const inboxes = new WeakMap<AgentPlatform, Inbox>()

function inboxOf(platform: AgentPlatform): Inbox {
  const inbox = inboxes.get(platform) ?? { waiting: new Map(), outcomes: new Map() }
  inboxes.set(platform, inbox)
  return inbox
}

/** The links that open the app, some of which carry the answer to a login. */
export interface Links {
  /** Reads what is stored and listens from then on. Answers the link that started the app, or null. */
  start(): Promise<string | null>
  /** Waits until a login that the starting link completes is completed, or has failed. */
  ready(): Promise<void>
  /**
   * Completes the login that a link answers; given one twice, joins the first. Does nothing where it carries no answer,
   * or that of another app. Rejects with `state_mismatch` when no login waits for it, else as `OAuth.handleRedirect`.
   */
  handle(url: string): Promise<void>
  /** As `handle`, for a link that nobody awaits: failures are told, and one that no login waits for is ignored. */
  receive(url: string): Promise<void>
  /** What becomes of the answer of a state, or undefined as long as none came. */
  outcomeOf(state: string): Promise<void> | undefined
  /** Hands the answer of a state to a login; answers how to stop. */
  expect(state: string, take: Take): () => void
}

export function linksOf(context: LoginContext<AgentPlatform>): Links {
  const { platform, transactions, observed } = context
  const { waiting, outcomes } = inboxOf(platform)
  let starting: Promise<string | null> | undefined
  let started: Promise<void> | undefined

  async function complete(answer: Answer): Promise<void> {
    if (!(await redeem(context, answer))) throw failure('state_mismatch')
  }

  async function completeUnawaited(answer: Answer): Promise<void> {
    return complete(answer).catch((error) => {
      if (error.code !== 'state_mismatch') observed.emit({ type: 'error', error })
      throw error
    })
  }

  function start(): Promise<string | null> {
    starting ??= platform
      .load()
      .then(() => platform.startedBy(receive))
      .catch((error) => {
        starting = undefined
        throw error
      })
    return starting
  }

  async function handle(url: string, otherwise: Take = complete): Promise<void> {
    const found = answerIn(url)
    await start()
    if (!found || transactions.isForeign(found.answer.state)) return
    const { state } = found.answer
    const known = outcomes.get(state)
    if (known) return known
    const outcome = (waiting.get(state) ?? otherwise)(found.answer)
    outcomes.set(state, outcome)
    return outcome
  }

  const receive = (url: string) => handle(url, completeUnawaited).catch(() => {})

  return {
    start,
    ready: async () => {
      const url = await start()
      started ??= url === null ? Promise.resolve() : receive(url)
      // A server that fails must not hold up the app.
      return Promise.race([started, new Promise<void>((resolve) => setTimeout(resolve, READY_WITHIN))])
    },
    handle: (url) => handle(url),
    receive,
    outcomeOf: (state) => outcomes.get(state),
    expect: (state, take) => {
      waiting.set(state, take)
      return () => waiting.delete(state)
    },
  }
}
