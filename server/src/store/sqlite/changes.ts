import type { DatabaseSync } from 'node:sqlite'
import type { DependsOn, EpochOf } from '../sql/remember.ts'

/** What has been written to a database since it was opened, by this connection or any other. */
export interface Changes {
  /**
   * What a statement calls each time it is run.
   * @param changed the table whose rows it changes, or null
   * @param added the table it adds rows to, or null
   * @returns null for a statement that nothing depends on
   */
  noteOf(changed: string | null, added: string | null): (() => void) | null
  readonly epochOf: EpochOf
}

/**
 * Follows what a connection's statements write, and by SQLite's counter what others commit. What is rolled back counts
 * as written.
 */
export function followChanges(database: DatabaseSync): Changes {
  const followed: { readonly dependsOn: DependsOn; epoch: number }[] = []
  const dataVersion = database.prepare('PRAGMA data_version')
  const readVersion = () => Number(Object.values(dataVersion.get() ?? {})[0])
  let version = readVersion()
  let isRead = false

  // Once in a turn of the event loop, before anything that arrived in it is answered.
  function readOthers(): void {
    if (isRead) return
    isRead = true
    setImmediate(() => {
      isRead = false
    })
    const before = version
    try {
      version = readVersion()
    } catch {
      // Whatever is wrong with the database, the read that follows says it.
      version = Number.NaN
    }
    if (version !== before) for (const each of followed) each.epoch += 1
  }

  return {
    noteOf(changed, added) {
      const concerned = followed.filter(
        ({ dependsOn }) =>
          (changed !== null && dependsOn.changed.includes(changed)) ||
          (added !== null && dependsOn.added.includes(added)),
      )
      if (concerned.length === 0) return null
      return () => {
        for (const each of concerned) each.epoch += 1
      }
    },
    epochOf(dependsOn) {
      const own = { dependsOn, epoch: 0 }
      followed.push(own)
      return () => {
        readOthers()
        return own.epoch
      }
    },
  }
}
