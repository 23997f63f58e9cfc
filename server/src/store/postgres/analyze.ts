import type { Pool } from 'pg'
import { DriverError, ofDriver } from './failure.ts'

/** How many times its size a table has grown since its statistics were made, and the least of which any are made, in pages of 8 kB. */
const growth = 10
const fewestPages = 8
/** Milliseconds between two looks. */
const everyMs = 5_000

const selectGrown = `
  SELECT quote_ident(c.relname) AS name
  FROM pg_class c
  WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
    AND c.relkind = 'r'
    AND pg_relation_size(c.oid) / current_setting('block_size')::bigint >= GREATEST($1, $2 * c.relpages)
`

/**
 * Makes statistics of tables that have grown tenfold since theirs were made, at most every five seconds. Plans that
 * connections have kept since a table was empty may read all of it, and are made anew by that; autovacuum comes a minute later, or
 * never. Where the database cannot be asked for it, everything works as before, and slower.
 */
export function analyzerOn(pool: Pool): () => Promise<void> {
  let looked = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() - looked < everyMs) return
    looked = performance.now()
    try {
      const grown = await ofDriver(
        pool.query<{ name: string }>({ text: selectGrown, values: [fewestPages, growth] }),
      )
      for (const { name } of grown.rows) await ofDriver(pool.query({ text: `ANALYZE ${name}` }))
    } catch (error) {
      if (!(error instanceof DriverError)) throw error
    }
  }
}
