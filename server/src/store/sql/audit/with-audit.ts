import type { Actor } from '../../contract/store.ts'
import type { Verb } from '../transaction.ts'
import { type Note, writeEntry } from './entries.ts'

export type AnyAudit = (
  values: readonly unknown[],
  result: unknown,
) => readonly Note[] | Verb<readonly Note[]>

// Both are of one transaction: what was done has its entry, and an entry tells of what was done.
export function* withAudit(
  verb: Verb<unknown>,
  values: readonly unknown[],
  audit: AnyAudit,
  actor: Actor,
): Verb<unknown> {
  const result = yield* verb
  const told = audit(values, result)
  for (const note of 'next' in told ? yield* told : told) yield* writeEntry(note, actor)
  return result
}
