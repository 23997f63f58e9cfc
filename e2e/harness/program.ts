import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

interface Program {
  /** What it is needed for and how it is had: the words when it is missing. */
  readonly missing: string
  readonly names: readonly string[]
  /** Where it may be besides the path. */
  readonly places?: readonly string[]
  /** Looks closer at one that can be run. */
  readonly accepts?: (path: string) => boolean
  /** The environment variable that chooses one. */
  readonly variable: string
}

/** Where the machine has a program. Throws how to install it when it is nowhere. */
export function findProgram(program: Program): string {
  const { missing, names, places = [], accepts = () => true, variable } = program
  const chosen = process.env[variable]
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`${variable} is ${chosen}, and nothing there can be run.`)
    if (!accepts(chosen)) throw new Error(`${variable} is ${chosen}, which is none that the tests can use.`)
    return chosen
  }
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places]
  const found = candidates.find((path) => isExecutable(path) && accepts(path))
  if (found) return found
  throw new Error(`${missing}, or set ${variable} to one that is there.`)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
