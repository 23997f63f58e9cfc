import { checkSchema } from './schema-version.ts'
import type { RunVerb } from './verb-entry.ts'

/** Milliseconds for which it is believed that the schema is the one that was found. */
const believedMs = 5000

/**
 * Runs verbs on a schema that fits them: another node may have migrated the database since, or an older one was brought
 * back. Who then still asks gets `StoreUnavailable`.
 * @param now milliseconds of a clock that only goes forward
 */
export function guarded(run: RunVerb, now: () => number = () => performance.now()): RunVerb {
  let lookedAt = now()
  let look: Promise<void> | undefined

  async function lookAgain(): Promise<void> {
    const began = now()
    try {
      await run('read', checkSchema, 'checkSchema')
      lookedAt = began
    } finally {
      look = undefined
    }
  }

  return (isolation, verb, name) => {
    if (now() - lookedAt < believedMs) return run(isolation, verb, name)
    const shared = () => (look ??= lookAgain())
    // One that began earlier may wait for a connection that is lost, of which this call is not to hear.
    const looked = look === undefined ? shared() : look.catch(shared)
    return looked.then(() => run(isolation, verb, name))
  }
}
