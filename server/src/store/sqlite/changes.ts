import type { DatabaseSync } from 'node:sqlite'

/** What has been written to a database since it was opened, by this connection or any other. */
export interface Changes {
  /** What a statement that changes rows of one table, or adds rows to one, is to call when it is run. */
  noteOf(changes: string | null, adds: string | null): (() => void) | null
  /** A number that is another one once rows of these tables were changed or deleted, or rows added to the others. */
  epochOf(changed: readonly string[], added: readonly string[]): () => number
}

/**
 * Follows a connection's statements, and by SQLite's counter what other connections commit. What is rolled back counts
 * as written: nobody is told less than there is.
 */
export function followChanges(database: DatabaseSync): Changes {
  const followed: { readonly changed: ReadonlySet<string>; readonly added: ReadonlySet<string>; epoch: number }[] =
    []
  const dataVersion = database.prepare('PRAGMA data_version')
  const readVersion = () => Number(Object.values(dataVersion.get() ?? {})[0])
  let seen = readVersion()
  let isFresh = false

  // Once in a turn of the event loop: nothing that was committed before a request arrived is missed.
  function lookAtOthers(): void {
    if (isFresh) return
    isFresh = true
    setImmediate(() => {
      isFresh = false
    })
    const version = readVersion()
    if (version === seen) return
    seen = version
    for (const one of followed) one.epoch += 1
  }

  return {
    noteOf(changes, adds) {
      const concerned = () =>
        followed.filter(
          ({ changed, added }) =>
            (changes !== null && changed.has(changes)) || (adds !== null && added.has(adds)),
        )
      if (changes === null && adds === null) return null
      return () => {
        for (const one of concerned()) one.epoch += 1
      }
    },
    epochOf(changed, added) {
      const one = { changed: new Set(changed), added: new Set(added), epoch: 0 }
      followed.push(one)
      return () => {
        lookAtOthers()
        return one.epoch
      }
    },
  }
}
