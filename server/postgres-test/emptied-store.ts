import pg from 'pg'
import { newDatabase } from '../../testkit/databases.ts'
import { openPostgresStore } from '../src/store/postgres/store.ts'

/** Leaves in a database what its migrations wrote, and counts from the beginning. The tables have no order here, so none is held to another. */
const empty = (filled: readonly string[]) => `
  DO $$
  DECLARE name text;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables
      WHERE schemaname = 'public' AND tablename NOT IN (${filled.map((table) => `'${table}'`).join(', ')})
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences WHERE schemaname = 'public';
  END $$`

/**
 * A store for all the tests of a file, which are each given it empty: a database and its connections would take several times
 * what most of them do.
 */
export async function emptiedStore() {
  const url = await newDatabase()
  if (url === undefined) throw new Error('There is no PostgreSQL to test on')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>({
    text: `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND
      (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I', tablename), false, true, '')))[1]::text <> '0'`,
  })
  const statement = empty(rows.map(({ name }) => name))
  const store = await openPostgresStore({ url, connections: 10, prepares: true })
  return {
    next: async () => {
      await client.query({ text: statement })
      return { ...store, close: async () => undefined }
    },
    end: async () => {
      await store.close()
      await client.end()
    },
  }
}
