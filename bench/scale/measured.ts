import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import pg from 'pg'
import { clients, connections, exchanging, getting, type Pair, refreshing } from '../speed/clients.ts'
import { type Client, cpuOf, drive } from '../speed/drive.ts'
import { keySecret } from '../speed/processes.ts'
import { ours } from '../speed/subjects.ts'

/** Microseconds of CPU that a request costs. */
interface Costs {
  readonly node: number
  readonly database: number
}

/** What requests cost on PostgreSQL. */
export interface Measured {
  readonly machine: string
  readonly exchange: Costs
  readonly refresh: Costs
  readonly check: Costs
}

const file = new URL('measured.json', import.meta.url)

export const readMeasured = (): Measured => JSON.parse(readFileSync(file, 'utf8'))

/** Measures a node on an empty PostgreSQL of this machine, and writes the figures where the model looks for them. */
export async function measure(database: string, milliseconds: number): Promise<void> {
  const subject = await ours({ DATABASE_URL: database, KEY_SECRET: keySecret })
  const pool = new pg.Pool({ connectionString: database, max: 1 })
  const databaseCpu = async () => {
    const answer = await pool.query<{ pid: number }>({
      text: "SELECT pid FROM pg_stat_activity WHERE application_name = 'stagedoor'",
    })
    return answer.rows.reduce((seconds, { pid }) => seconds + cpuOf(pid), 0)
  }
  const costs = async (client: (index: number) => Client, time: number): Promise<Costs> => {
    // As autovacuum does within a minute of a database's life: without statistics its plans are guesses.
    await pool.query({ text: 'ANALYZE' })
    const { port, pid } = subject.server
    const { requests, cpu, database } = await drive({ port, pid, databaseCpu }, clients(client), time)
    if (requests === 0) throw new Error('Nothing was answered.')
    return { node: Math.round(cpu - database), database: Math.round(database) }
  }
  try {
    const pairs: Pair[] = []
    const accesses: string[] = []
    const codes = await subject.logins(800)
    const exchange = await costs((index) => exchanging(subject, codes, pairs, index), 60_000)
    const logins = pairs.slice(0, connections)
    const refresh = await costs(
      (index) => refreshing(subject, { refresh: logins[index]?.refresh ?? '' }, accesses, index),
      milliseconds,
    )
    const path = subject.prepared.profilePath
    const check = await costs((index) => getting(subject, path, accesses, index), milliseconds)
    const machine = `${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`
    const measured: Measured = { machine, exchange, refresh, check }
    writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`)
  } finally {
    await pool.end()
    await subject.server.end()
  }
}
