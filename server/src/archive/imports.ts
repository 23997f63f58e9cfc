import { open, rename, rm } from 'node:fs/promises'
import type { Logger } from 'pino'
import { BrokenArchive } from '../errors/archive.ts'
import { OAuthError } from '../errors/oauth.ts'
import type { ImportStatus, Instant, Store, User } from '../store/contract/store.ts'
import type { Intake } from '../uploads/processing/intake.ts'
import type { Archive } from './archive.ts'
import { musicOf } from './music.ts'
import { fileList, takeFiles, type WantedFile } from './take-files.ts'
import { wordsOf } from './words.ts'

/** What imports stand on. */
export interface ImportDeps {
  readonly store: Store
  readonly log: Logger
  readonly clock: () => Instant
  readonly issuer: string
  readonly intake: Intake
}

/** What people bring along from other servers. */
export interface Imports {
  /**
   * Looks through an archive, which it takes over, and begins to import it. What is wrong with it as a whole is known at
   * once, what is wrong with a file of it once that was decoded; nothing of a refused one stays.
   * @returns false when another import of this user is under way
   * @throws BrokenArchive
   */
  begin(user: User, sent: string): Promise<boolean>
  /** What becomes of the archive that a user sent last; one that ended with its server is refused. */
  status(userId: number): Promise<ImportStatus | undefined>
  /** Resolves once nothing is under way; what takes files must have been told to end. */
  ended(): Promise<void>
}

/** Milliseconds between two signs of life, and after which an import without one has ended with its server. */
const heartbeat = 5_000
const lifeMs = 30_000

const failed =
  'Something went wrong on this server while the archive was read in, so nothing was imported. Send it once more.'
const cutOff = 'The server stopped while the archive was read in, so nothing was imported. Send it once more.'

class ImportLost extends Error {
  override readonly name = 'ImportLost'
}

export function openImports(deps: ImportDeps): Imports {
  const { store, intake, clock, log } = deps
  const working = new Set<Promise<void>>()
  let turn: Promise<unknown> = Promise.resolve()

  async function work(
    user: User,
    path: string,
    archive: Archive,
    wanted: readonly WantedFile[],
    begunAt: Instant,
  ): Promise<void> {
    const taken: string[] = []
    let lastNoted = begunAt
    const note = (state: ImportStatus['state'], words: string | null) => {
      const [updatedAt, before] = [clock(), lastNoted]
      lastNoted = Math.max(before, updatedAt)
      const progress = { done: taken.length, total: wanted.length }
      return store.noteImport(user.id, { state, words, ...progress, updatedAt }, before)
    }
    const pulse = setInterval(() => note('working', null).catch(() => undefined), heartbeat)
    // One at a time: the machine has others to serve.
    const run = turn.then(async () => {
      const files = await takeFiles(path, wanted, user.id, intake, (id) => taken.push(id))
      // A process that was halted meanwhile may find that the person has sent another.
      if (!(await note('working', null))) throw new ImportLost('Another import has begun')
      return store.importMusic(musicOf(archive, files, user, deps))
    })
    turn = run.catch(() => undefined)
    const outcome = await run.catch((error: unknown) => ({ outcome: 'failed', error }) as const)
    clearInterval(pulse)
    if (outcome.outcome === 'imported') await note('done', wordsOf(outcome))
    else await note('refused', outcome.outcome === 'failed' ? reasonOf(outcome.error) : failed)
    // What was claimed stays.
    await intake.drop(taken)
    await rm(path, { force: true })
  }

  function reasonOf(error: unknown): string {
    if (error instanceof BrokenArchive) return error.message
    if (error instanceof OAuthError) return error.description
    if (error instanceof ImportLost) log.info('import taken away')
    else log.error({ err: error }, 'import failed')
    return failed
  }

  async function look(user: User, path: string) {
    const file = await open(path, 'r')
    try {
      const { readArchive } = await import('./archive.ts')
      const archive = await readArchive(file, clock())
      return { archive, wanted: await fileList(archive, user, deps) }
    } finally {
      await file.close()
    }
  }

  return {
    begin: async (user, sent) => {
      const path = intake.place()
      await rename(sent, path)
      try {
        const { archive, wanted } = await look(user, path)
        const now = clock()
        if (!(await store.beginImport(user.id, wanted.length, now, now - lifeMs))) {
          await rm(path, { force: true })
          return false
        }
        const job = work(user, path, archive, wanted, now)
          .catch((error: unknown) => log.error({ err: error }, 'import not finished'))
          .finally(() => working.delete(job))
        working.add(job)
        return true
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
    },
    status: async (userId) => {
      const status = await store.findImport(userId)
      const isLost = status?.state === 'working' && status.updatedAt <= clock() - lifeMs
      return isLost ? { ...status, state: 'refused', words: cutOff } : status
    },
    ended: async () => {
      await Promise.allSettled(working)
    },
  }
}
