import { readFileSync } from 'node:fs'
import { newDatabase } from '../growth/database.ts'
import { median } from '../median.ts'
import { clients, connections, exchanging, getting, type Pair } from './clients.ts'
import { type Cost, drive, medianOf } from './drive.ts'
import { type EmptyBucket, emptyBucket } from './empty-bucket.ts'
import type { Timing } from './phase.ts'
import { keySecret } from './processes.ts'
import { ours } from './subjects.ts'

/** What one token at `/v1/me` comes to with so many processes on one port, on PostgreSQL. */
export interface Scaled {
  readonly workers: number
  readonly cost: Cost
  /** Its requests a second to those of the first, in the median round. */
  readonly ratio: number
}

/** Measures servers of so many workers each, by turns. @param postgres the URL of a PostgreSQL, without a database */
export async function scale(
  postgres: string,
  counts: readonly number[],
  { milliseconds, rounds, warmUps }: Timing,
): Promise<readonly Scaled[]> {
  const bucket = await emptyBucket()
  const servers: Awaited<ReturnType<typeof startWorkers>>[] = []
  try {
    for (const workers of counts) servers.push(await startWorkers(postgres, workers, bucket.settings))
    const all = servers.map(() => [] as Cost[])
    for (let round = -warmUps; round < rounds; round += 1)
      for (const [index, server] of servers.entries()) {
        const cost = await server.round(milliseconds)
        if (round >= 0) all[index]?.push(cost)
      }
    return counts.map((workers, index) => {
      const costs = all[index] ?? []
      const ratios = costs.map(
        ({ perSecond }, round) => perSecond / (all[0]?.[round]?.perSecond ?? Number.NaN),
      )
      return { workers, cost: medianOf(costs), ratio: median(ratios) }
    })
  } finally {
    for (const server of servers) await server.end()
    bucket.end()
  }
}

async function startWorkers(postgres: string, workers: number, bucket: EmptyBucket['settings']) {
  const database = await newDatabase(postgres, `workers_${workers}`)
  const settings = { DATABASE_URL: database.url, KEY_SECRET: keySecret, WORKERS: String(workers), ...bucket }
  const subject = await ours(settings)
  const pairs: Pair[] = []
  const logins = await subject.logins(connections)
  await drive(subject.server, [exchanging(subject, logins, pairs, 0)], 60_000)
  const tokens = pairs.slice(0, 1).map(({ access }) => access)
  const { port, pid } = subject.server
  const driven = { port, pid, workers: childrenOf(pid), databaseCpu: database.cpu }
  return {
    round: (milliseconds: number) =>
      drive(
        driven,
        clients((index) => getting(subject, subject.prepared.profilePath, tokens, index)),
        milliseconds,
      ),
    async end() {
      await subject.server.end()
      await database.end()
    },
  }
}

const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
