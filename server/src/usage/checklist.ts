import type { Instant, Milestone, Store } from '../store/contract/store.ts'
import type { Usage } from './start.ts'

/** A step towards a login that works, and when the app first took it. */
export interface ChecklistStep {
  readonly name: Milestone
  readonly doneAt: Instant | null
}

const steps: readonly Milestone[] = [
  'authorize',
  'state',
  'consent',
  'token',
  'pkce',
  'call',
  'refresh',
  'revoke',
]

/**
 * What an app has done and has yet to do, by what the server has seen of it.
 * @param ownerId the user who asks
 * @returns the steps in their order; undefined for an app that is not this owner's
 */
export async function checklist(
  apiKey: string,
  ownerId: number,
  deps: { readonly store: Store; readonly usage: Pick<Usage, 'flush'> },
): Promise<readonly ChecklistStep[] | undefined> {
  await deps.usage.flush()
  const reached = await deps.store.listMilestones(apiKey, ownerId)
  return reached && steps.map((name) => ({ name, doneAt: reached.get(name) ?? null }))
}
