import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DataFolderError } from '../contract/errors.ts'
import { isBusy } from './failure.ts'

/** A data folder that is this process's alone. */
export interface FolderLock {
  release(): void
}

/**
 * Takes a data folder for one server. The lock is the operating system's on an open file, which no crash leaves behind.
 * @throws DataFolderError when another process has it
 */
export function lockFolder(folder: string): FolderLock {
  const database = open(folder)
  try {
    database.exec('BEGIN EXCLUSIVE')
    return { release: () => database.close() }
  } catch (error) {
    database.close()
    throw isBusy(error)
      ? new DataFolderError(
          `A server works on the data folder ${folder} already. Stop it first, or name another folder.`,
        )
      : unwritable(folder, error)
  }
}

function open(folder: string): DatabaseSync {
  try {
    return new DatabaseSync(join(folder, 'server.lock'))
  } catch (error) {
    throw unwritable(folder, error)
  }
}

function unwritable(folder: string, cause: unknown): DataFolderError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new DataFolderError(
    `Nothing can be written to the data folder ${folder} (${why}). Name one that this user may write to.`,
    { cause },
  )
}
