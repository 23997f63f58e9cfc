import type { Pool, PoolClient } from 'pg'
import { StoreUnavailable } from '../contract/errors.ts'
import type { Store } from '../contract/store.ts'
import type { Migrated } from '../sql/schema-version.ts'
import { storeOf } from '../sql/store-of.ts'
import type { Verb } from '../sql/transaction.ts'
import type { Isolation } from '../sql/verb-entry.ts'
import { analyzerOn } from './analyze.ts'
import { clockOn } from './clock.ts'
import { connectionsOf } from './connect.ts'
import { DriverError, failureOf, ofDriver, unavailable } from './failure.ts'
import { finderOn } from './find.ts'
import { migrate } from './migrate.ts'
import { openPool, type PostgresOptions } from './pool.ts'
import { CommitUnknown, createRunner } from './runner.ts'

/** Milliseconds for which a verb waits for others of its name, and is run anew when others were in its way. */
const lockTimeoutMs = 5_000
/** How often one is run anew after its connection was lost before anything was committed, or a unique index refused it. */
const mostLosses = 3
const mostDuplicates = 5
/** How often a migration is run anew that others were in the way of. */
const mostMigrations = 10
const longestPause = 64

/** Brings a database to this version's schema, as every start does. @throws SchemaTooNew, StoreUnavailable */
export async function migratePostgres(options: PostgresOptions): Promise<Migrated> {
  const pool = await openPool({ ...options, connections: 1 })
  try {
    return await migrateOn(pool)
  } finally {
    await pool.end()
  }
}

/**
 * Opens the store on a PostgreSQL database, migrated to the newest schema. Verbs that met others in conflict are run
 * anew, whole; they reject with `StoreUnavailable` when the database is away, failing, read-only or overrun.
 * @throws SchemaTooNew for a database of a newer version that this one cannot work on, StoreUnavailable when it cannot be reached
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const pool = await openPool(options)
  try {
    await migrateOn(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  const run = createRunner(options.prepares)
  let closing: Promise<void> | undefined

  const connections = connectionsOf(pool)

  async function attempt<R>(isolation: Isolation, verb: Verb<R>): Promise<R> {
    const client = await connections.take()
    const sentAt = performance.now()
    try {
      const result = await run(client, isolation, verb)
      client.release()
      return result
    } catch (error) {
      connections.failed(error, sentAt)
      await abandon(client, isolation)
      throw error
    }
  }

  async function retry<R>(isolation: Isolation, verb: () => Verb<R>, deadline: number): Promise<R> {
    const tries = { lost: 0, duplicate: 0, conflict: 0 }
    for (;;) {
      if (closing) throw new StoreUnavailable('The store is closed')
      try {
        return await attempt(isolation, verb())
      } catch (error) {
        if (error instanceof CommitUnknown) throw unavailable(error)
        if (!(error instanceof DriverError)) throw error
        const failure = failureOf(error.cause)
        if (failure === 'fault') throw error.cause
        if (failure === 'unavailable') throw unavailable(error)
        tries[failure] += 1
        if (tries.duplicate > mostDuplicates) throw error.cause
        if (tries.lost > mostLosses || performance.now() > deadline) throw unavailable(error)
        await pause(tries[failure])
      }
    }
  }

  /** The last of the exclusive verbs of each name: they would only be in each other's way side by side. */
  const lanes = new Map<string, Promise<unknown>>()

  function inTurn<R>(name: string, work: () => Promise<R>): Promise<R> {
    const turn = (lanes.get(name) ?? Promise.resolve()).then(work)
    lanes.set(
      name,
      turn.catch(() => undefined),
    )
    return turn
  }

  async function runVerb<R>(isolation: Isolation, verb: () => Verb<R>, name: string): Promise<R> {
    const deadline = performance.now() + lockTimeoutMs
    if (isolation !== 'exclusive') return retry(isolation, verb, deadline)
    return inTurn(name, async () => {
      if (performance.now() > deadline) throw new StoreUnavailable('Others were in the way for too long')
      return retry(isolation, verb, deadline)
    })
  }

  const store = storeOf(runVerb, finderOn(pool), {
    readClock: clockOn(pool),
    close: () => {
      closing ??= pool.end()
      return closing
    },
  })
  const analyze = analyzerOn(pool)
  return {
    ...store,
    sweep: async (now, limit) => {
      const deleted = await store.sweep(now, limit)
      await analyze()
      return deleted
    },
  }
}

/** A migration changes many tables at once, and is done again whole when what runs meanwhile holds them in another order. */
async function migrateOn(pool: Pool, triesLeft = mostMigrations): Promise<Migrated> {
  try {
    const client = await ofDriver(pool.connect())
    try {
      return await migrate(client)
    } finally {
      client.release()
    }
  } catch (error) {
    if (!(error instanceof DriverError)) throw error
    const failure = failureOf(error.cause)
    if (failure !== 'conflict' || triesLeft === 0)
      throw failure === 'fault' ? error.cause : unavailable(error)
    await pause(mostMigrations - triesLeft)
    return migrateOn(pool, triesLeft - 1)
  }
}

/** Gives a connection back without the transaction that failed on it. */
async function abandon(client: PoolClient, isolation: Isolation): Promise<void> {
  try {
    if (isolation !== 'read') await client.query({ text: 'ROLLBACK' })
    client.release()
  } catch {
    client.release(true)
  }
}

/** Waits longer the more often it failed. */
const pause = (tries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.min(longestPause, 2 ** tries)))
