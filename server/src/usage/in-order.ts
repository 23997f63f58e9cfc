import type { StoredFlowEvent } from '../store/contract/store.ts'

/** Events in the order in which they happened, newest first: each node stores its own a few seconds later, so that their numbers have another. */
export const newestFirst = (events: readonly StoredFlowEvent[]): readonly StoredFlowEvent[] =>
  events.toSorted((one, other) => other.at - one.at || other.id - one.id)
