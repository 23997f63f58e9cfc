import { setTimeout as wait } from 'node:timers/promises'
import { type AuditEntry, type AuditEvent, type AuditSearch, auditEvents } from '../store/contract/audit.ts'
import type { Store } from '../store/contract/store.ts'
import { readArguments } from './arguments.ts'
import { dataHelp, dataOptions, keyOf, momentOf, placeOf, userOf, withStore } from './data.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const auditHelp = `stagedoor audit [--user HANDLE] [--app API_KEY] [--event EVENT] [--since DATE] [--limit N] [--follow]

Shows what was done in an installation, which may be serving meanwhile: who did it, whose account and which app it is about,
from which network, in which request. It holds no secret, no email and no whole address. With --json every entry is a line of JSON.

  --user HANDLE    what is about this account and its apps
  --app API_KEY    what is about this app
  --event EVENT    only this: ${auditEvents.join(' ').replaceAll(/(.{70,90}) /g, '$1\n                   ')}
  --since DATE     from then on, such as 2026-05-04 or 2026-05-04T10:00Z
  --limit N        so many of the newest (100)
  --follow         go on with what happens from now on, until it is ended

${dataHelp}`

const options = {
  ...dataOptions,
  user: { type: 'string' },
  app: { type: 'string' },
  event: { type: 'string' },
  since: { type: 'string' },
  limit: { type: 'string' },
  follow: { type: 'boolean' },
} as const

const defaultLimit = 100
const mostEntries = 100_000
/** Milliseconds between two looks for what is new. */
const lookEvery = 500

/** `stagedoor audit` */
export async function audit(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, options)
  const limit = values.limit === undefined ? defaultLimit : numberOf(values.limit)
  const event = values.event === undefined ? null : eventOf(values.event)
  const apiKey = values.app === undefined ? null : keyOf(values.app)
  const since = values.since === undefined ? 0 : momentOf('--since', values.since)
  const show = (entry: AuditEntry) => terminal.out(values.json ? JSON.stringify(facts(entry)) : lineOf(entry))
  await withStore(placeOf(values['data-dir'], terminal), async (store) => {
    const userId = values.user === undefined ? null : (await userOf(values.user, store)).id
    const search = { userId, apiKey, event, since, appsOnly: false, limit }
    const found = (await store.listAudit({ ...search, after: null })).toReversed()
    found.forEach(show)
    if (values.follow) await follow(store, search, found.at(-1)?.id, show, terminal.stopped)
  })
}

async function follow(
  store: Store,
  search: Omit<AuditSearch, 'after'>,
  last: number | undefined,
  show: (entry: AuditEntry) => void,
  stopped: Terminal['stopped'],
): Promise<void> {
  let isOver = false
  const ended = stopped.then(() => {
    isOver = true
  })
  let after = last ?? 0
  while (!isOver) {
    for (const entry of await store.listAudit({ ...search, after })) {
      show(entry)
      after = entry.id
    }
    await Promise.race([wait(lookEvery), ended])
  }
}

function eventOf(text: string): AuditEvent {
  const event = auditEvents.find((each) => each === text)
  if (event === undefined) throw new CommandError(`--event must be one of ${auditEvents.join(', ')}.`)
  return event
}

function numberOf(text: string): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > mostEntries)
    throw new CommandError(`--limit must be a whole number from 1 to ${mostEntries}.`)
  return number
}

const facts = ({ userId, handle, at, lastAt, ...entry }: AuditEntry) => ({
  ...{ at: new Date(at).toISOString(), lastAt: new Date(lastAt).toISOString() },
  ...{ user: userId === null ? null : { id: userId, handle } },
  ...entry,
})

function lineOf(entry: AuditEntry): string {
  const { at, event, by, handle, apiKey, appName, detail, network, count } = entry
  const parts = [
    new Date(at).toISOString(),
    event,
    handle === null ? '-' : `@${handle}`,
    ...(appName === null && apiKey === null ? [] : [`app ${[apiKey, appName].filter(Boolean).join(' ')}`]),
    ...(detail === null ? [] : [`(${detail})`]),
    `by ${by}${network === null ? '' : ` from ${network}`}`,
    ...(count === 1 ? [] : [`${count} times`]),
  ]
  return parts.join('  ')
}
