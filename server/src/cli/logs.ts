import { setTimeout as wait } from 'node:timers/promises'
import { lifetimes } from '../limits.ts'
import type { FlowLogPage, FlowOutcome, Store, StoredFlowEvent } from '../store/contract/store.ts'
import { newestFirst } from '../usage/in-order.ts'
import { worded } from '../usage/reasons.ts'
import { readArguments } from './arguments.ts'
import { dataHelp, dataOptions, keyOf, placeOf, withStore } from './data.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const logsHelp = `stagedoor logs API_KEY [--outcome OUTCOME] [--limit N] [--follow]

Shows what the logins of an app came to in the last 7 days, as its developer sees it on the portal, of a server that may
be running meanwhile. It names no user and holds no secret. With --json every event is a line of JSON.

  --outcome OUTCOME  only this: done, refused or cancelled
  --limit N          so many of the newest (100; 1000 at most)
  --follow           go on with what happens from now on, until it is ended

${dataHelp}`

const options = {
  ...dataOptions,
  outcome: { type: 'string' },
  limit: { type: 'string' },
  follow: { type: 'boolean' },
} as const

const outcomes: readonly FlowOutcome[] = ['done', 'refused', 'cancelled']
const usualEvents = 100
const mostEvents = 1000
/** Milliseconds between two looks for what is new. */
const lookEvery = 500

/** `stagedoor logs` */
export async function logs(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, options, ['API_KEY'])
  const apiKey = keyOf(positionals[0])
  const outcome = values.outcome === undefined ? null : outcomeOf(values.outcome)
  const limit = values.limit === undefined ? usualEvents : limitOf(values.limit)
  const show = (event: StoredFlowEvent) => {
    const shown = worded(event)
    terminal.out(values.json ? JSON.stringify({ ...shown, at: isoOf(event) }) : lineOf(shown))
  }
  await withStore(placeOf(values['data-dir'], terminal), async (store) => {
    const app = await store.findApp(apiKey)
    if (app === undefined) throw new CommandError(`There is no app ${apiKey}.`)
    const { ownerId } = app
    const page = {
      apiKey,
      ownerId,
      outcome,
      since: Date.now() - lifetimes.flowLog,
      before: Number.MAX_SAFE_INTEGER,
    }
    const found = await eventsOf(store, { ...page, limit })
    found.forEach(show)
    if (values.follow) await follow(store, page, lastOf(found, 0), show, terminal.stopped)
  })
}

/** The newest, in the order in which they happened. */
async function eventsOf(store: Store, page: FlowLogPage): Promise<readonly StoredFlowEvent[]> {
  const events = await store.listFlowEvents(page)
  if (events === undefined) throw new CommandError('The app was deleted.')
  return newestFirst(events).toReversed()
}

async function follow(
  store: Store,
  page: Omit<FlowLogPage, 'limit'>,
  last: number,
  show: (event: StoredFlowEvent) => void,
  stopped: Terminal['stopped'],
): Promise<void> {
  let isOver = false
  const ended = stopped.then(() => {
    isOver = true
  })
  let after = last
  while (!isOver) {
    const events = await eventsOf(store, { ...page, limit: mostEvents })
    for (const event of events) if (event.id > after) show(event)
    after = lastOf(events, after)
    await Promise.race([wait(lookEvery), ended])
  }
}

/** The number of the event that was stored last. */
const lastOf = (events: readonly StoredFlowEvent[], before: number): number =>
  events.reduce((last, { id }) => Math.max(last, id), before)

function outcomeOf(text: string): FlowOutcome {
  const outcome = outcomes.find((each) => each === text)
  if (outcome === undefined) throw new CommandError(`--outcome must be one of ${outcomes.join(', ')}.`)
  return outcome
}

function limitOf(text: string): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > mostEvents)
    throw new CommandError(`--limit must be a whole number from 1 to ${mostEvents}.`)
  return number
}

const isoOf = ({ at }: Pick<StoredFlowEvent, 'at'>): string => new Date(at).toISOString()

const lineOf = (event: ReturnType<typeof worded<StoredFlowEvent>>): string =>
  [isoOf(event), event.step, event.outcome, event.code, event.reason && `(${event.reason})`, event.requestId]
    .filter((part) => part !== null && part !== '')
    .join('  ')
    // A refused address is a stranger's text, and a terminal obeys some characters.
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
