import { statSync } from 'node:fs'
import { join } from 'node:path'
import { keySecret, thisCheckout } from '../speed/processes.ts'
import { type OurSubject, ours } from '../speed/subjects.ts'
import { newDatabase } from './database.ts'
import { type Filled, fill } from './fill.ts'
import { fillPostgres } from './fill-postgres.ts'
import { addOverdue, addOverdueToPostgres, type Overdue } from './overdue.ts'

/** A server whose data is made to grow. */
export interface Growing {
  readonly subject: OurSubject
  /** Adds live logins, and tells access tokens of one in so many of them. */
  fill(logins: number, knownEvery: number, deadline: number): Promise<Filled>
  /** Adds access tokens that ended long ago, while the server stands still. */
  addOverdue(rows: number): Promise<Overdue>
  /** Bytes of its database on the disk. */
  size(): Promise<number>
  end(): Promise<void>
}

/** A server on a file of its own. @param checkout whose build it is */
export async function onSqlite(checkout = thisCheckout): Promise<Growing> {
  const subject = await ours({}, checkout)
  const { folder } = subject.server
  return {
    subject,
    fill: (...how) => fill(folder, ...how),
    addOverdue: (rows) => addOverdue(folder, rows),
    size: async () => statSync(join(folder, 'stagedoor.db')).size,
    end: () => subject.server.end(),
  }
}

/**
 * A server on a new database.
 * @param server the URL of a PostgreSQL of this machine, without a database, and of a role that may do everything there
 */
export async function onPostgres(server: string, name: string): Promise<Growing> {
  const database = await newDatabase(server, name)
  const { url } = database
  const subject = await ours({ DATABASE_URL: url, KEY_SECRET: keySecret })
  return {
    subject: {
      ...subject,
      name: `${subject.name} on PostgreSQL`,
      server: { ...subject.server, databaseCpu: database.cpu },
    },
    fill: (...how) => fillPostgres(url, ...how),
    addOverdue: (rows) => addOverdueToPostgres(url, rows),
    size: database.size,
    end: async () => {
      await subject.server.end()
      await database.end()
    },
  }
}
