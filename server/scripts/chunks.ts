import { join } from 'node:path'
import type { ChunkingContext } from 'rolldown'

const sources = join(import.meta.dirname, '../src')

/** A build begins with these; main.ts waits for a command, which could not begin if it were waiting for main.ts. */
const entries = ['main.ts', 'store/sqlite/search/worker.ts']

/** Who needs what first decides which file it is in; what none of them needs is cut by who imports it. */
const needed = [
  ['store/sqlite/search/worker.ts', 'search'],
  ['main.ts', 'command'],
  ['store/open.ts', 'store'],
  ['cli/serve.ts', 'start'],
] as const

const reached = new Map<string, ReadonlySet<string>>()

/**
 * The file of the build that a module is put into: a start loads a few files, not one for each set of commands and pages that
 * have a module in common.
 */
export function chunkOf(id: string, context: ChunkingContext): string | null {
  if (entries.some((entry) => id === join(sources, entry))) return null
  return needed.find(([from]) => reachedFrom(join(sources, from), context).has(id))?.[1] ?? null
}

function reachedFrom(source: string, context: ChunkingContext): ReadonlySet<string> {
  const known = reached.get(source)
  if (known !== undefined) return known
  const found = new Set([source])
  for (const id of found)
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported)
  reached.set(source, found)
  return found
}
