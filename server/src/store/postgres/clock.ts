import type { Pool } from 'pg'
import type { Instant } from '../contract/store.ts'
import { unavailable } from './failure.ts'

const select = 'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now'

/** Reads the clock of the machine that the database is on. */
export function clockOn(pool: Pool): () => Promise<Instant> {
  return async () => {
    try {
      const { rows } = await pool.query<{ now: unknown }>({ text: select })
      return Math.round(Number(rows[0]?.now))
    } catch (error) {
      throw unavailable(error)
    }
  }
}
