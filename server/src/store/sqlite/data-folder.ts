import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DataFolderError } from '../contract/errors.ts'

/** What nobody but the owner may do with a data folder, and with a file in it. */
const ownerOnlyFolder = 0o700
const ownerOnlyFile = 0o600
const othersBits = 0o077

/** The folder in a data folder that is there while a restore is under way. */
export const restoringName = 'restoring'

/** @throws DataFolderError when a restore was cut off in this folder */
export function checkRestored(folder: string): void {
  if (existsSync(join(folder, restoringName)))
    throw new DataFolderError(
      `A restore to the data folder ${folder} was cut off. Run stagedoor restore again; what was there before lies in a folder replaced-… in it.`,
    )
}

/**
 * Makes the folder of an installation, readable by its owner alone; one that is there stays as it is.
 * @throws DataFolderError when it is a file, or cannot be made
 */
export function makeDataFolder(folder: string): void {
  const path = resolve(folder)
  const missing = missingFolders(path)
  // One by one: told to make a whole path, Node tries for ever where a file system takes no folders, as /proc does.
  for (const each of missing) make(each, path)
}

function missingFolders(path: string): readonly string[] {
  const missing: string[] = []
  for (let each = path; ; each = dirname(each)) {
    const there = stat(each, path)
    if (there === undefined) missing.unshift(each)
    else if (!there.isDirectory())
      throw new DataFolderError(
        each === path
          ? `The data folder ${path} is a file. Name a folder.`
          : `The data folder ${path} cannot be: ${each} is a file.`,
      )
    else return missing
  }
}

function stat(each: string, path: string) {
  try {
    return statSync(each, { throwIfNoEntry: false })
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined
    throw unusable(path, error)
  }
}

function make(each: string, path: string): void {
  try {
    mkdirSync(each, { mode: ownerOnlyFolder })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw unusable(path, error)
  }
}

function unusable(path: string, error: unknown): DataFolderError {
  const why = error instanceof Error ? error.message : String(error)
  return new DataFolderError(
    `The data folder ${path} cannot be made or read (${why}). Name one that this user may write to.`,
    { cause: error },
  )
}

/**
 * Takes from everybody but the owner what they may do with a data folder and what lies in it.
 * @returns the paths that were open to others: mended ones, and those that belong to somebody else and stay as they are
 */
export function closeToOthers(folder: string): {
  readonly mended: readonly string[]
  readonly open: readonly string[]
} {
  const mended: string[] = []
  const open: string[] = []
  // What is served lies deeper, and nobody gets past the folder.
  for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))]) {
    const there = lstatSync(path, { throwIfNoEntry: false })
    if (there === undefined || there.isSymbolicLink() || (there.mode & othersBits) === 0) continue
    try {
      chmodSync(path, there.isDirectory() ? ownerOnlyFolder : ownerOnlyFile)
      mended.push(path)
    } catch {
      open.push(path)
    }
  }
  return { mended, open }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
