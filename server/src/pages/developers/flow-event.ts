import { lifetimes } from '../../limits.ts'
import type { StoredFlowEvent } from '../../store/contract/store.ts'
import { worded } from '../../usage/reasons.ts'
import type { EventFacts } from '../views/developers/flow-log.tsx'
import type { DeveloperDeps } from './developer-deps.ts'
import { utcOf } from './utc.ts'

/** Finds one event of an app's log; undefined once it has gone. */
export async function findFlowEvent(
  app: { readonly apiKey: string; readonly ownerId: number },
  eventId: number,
  { store, clock }: Pick<DeveloperDeps, 'store' | 'clock'>,
): Promise<StoredFlowEvent | undefined> {
  const since = clock() - lifetimes.flowLog
  const asked = { ...app, outcome: null, limit: 1, since, before: eventId + 1 }
  const [event] = (await store.listFlowEvents(asked)) ?? []
  return event?.id === eventId ? event : undefined
}

/** An event as the pages show it, with its reason and its time in words. */
export function shownEvent(event: StoredFlowEvent): EventFacts {
  const { sent: _, at, ...facts } = worded(event)
  return { ...facts, iso: new Date(at).toISOString(), at: utcOf(at) }
}
