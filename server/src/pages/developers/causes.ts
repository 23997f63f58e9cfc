import type { StoredFlowEvent } from '../../store/contract/store.ts'
import { worded } from '../../usage/reasons.ts'
import { errorWords } from '../docs/error-words.ts'
import type { CauseWords } from '../views/developers/flow-log.tsx'

const mostCauses = 5
/** Refusals that causes are counted among: the newest. */
export const mostOfCauses = 500

/** Two addresses that are refused for one reason have one cause. */
const anyUrl = /\S+:\/\/\S+/g

/** What was refused, by why, the most frequent first, with what to do about it. */
export function causesOf(events: readonly StoredFlowEvent[]): readonly CauseWords[] {
  const causes = Map.groupBy(
    events.map(worded),
    ({ code, reason }) => `${code} ${reason?.replaceAll(anyUrl, '')}`,
  )
  return Array.from(causes.values(), ([first, ...others]) => ({ first, count: others.length + 1 }))
    .flatMap(({ first, count }) =>
      first?.code == null
        ? []
        : [{ code: first.code, reason: first.reason, count, next: nextOf(first.code) }],
    )
    .toSorted((one, other) => other.count - one.count)
    .slice(0, mostCauses)
}

const nextOf = (code: string): string | null => errorWords.find((words) => words.code === code)?.next ?? null
