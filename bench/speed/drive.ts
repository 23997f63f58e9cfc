import { readdirSync, readFileSync } from 'node:fs'
import { median } from '../median.ts'
import { type Answer, Connection } from './connection.ts'

/** What one phase cost a server. Times in microseconds. */
export interface Cost {
  readonly requests: number
  readonly perSecond: number
  /** Of the server's process for one request, and of its database, by the operating system. */
  readonly cpu: number
  /** The database's part of that, where it is a process of its own. */
  readonly database: number
  readonly p50: number
  readonly p99: number
  readonly p999: number
}

/** A client that sends its next request as soon as the last was answered. */
export interface Client {
  /** The next request; undefined when there is none left. */
  next(): Buffer | undefined
  /** Looks at an answer; throws when it is not the right one. */
  take(answer: Answer): void
}

/** What is driven. */
export interface Driven {
  readonly port: number
  readonly pid: number
  /** Processes beside that one which serve the same port. */
  readonly workers?: readonly number[]
  /** Seconds of CPU that its database has used outside its process, where it has one there. */
  databaseCpu?(): Promise<number>
}

/**
 * The seconds of CPU that the threads of a process have used, by the scheduler of Linux: the clock ticks that it tells of a
 * whole process are an eighth of a short round.
 */
export function cpuOf(pid: number): number {
  const nanoseconds = readdirSync(`/proc/${pid}/task`).map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ', 1)[0]),
  )
  return nanoseconds.reduce((sum, of) => sum + of, 0) / 1e9
}

const processesOf = ({ pid, workers = [] }: Driven) =>
  [pid, ...workers].reduce((seconds, each) => seconds + cpuOf(each), 0)

const databaseOf = async ({ databaseCpu }: Driven) => (await databaseCpu?.()) ?? 0

/**
 * Lets clients send for some milliseconds, one connection each. The first request of each connection is not counted, nor is
 * its opening: what an operator pays for is a connection that is kept.
 */
export async function drive(server: Driven, clients: readonly Client[], milliseconds: number): Promise<Cost> {
  const times: number[] = []
  const opened = await Promise.all(
    clients.map(async (client) => {
      const connection = new Connection(server.port)
      const ask = async () => {
        const bytes = client.next()
        if (bytes === undefined) return false
        client.take(await connection.ask(bytes))
        return true
      }
      await ask()
      return { connection, ask }
    }),
  )
  const databaseBefore = await databaseOf(server)
  const cpuBefore = processesOf(server)
  const from = performance.now()
  await Promise.all(
    opened.map(async ({ ask }) => {
      for (let sent = from; sent - from < milliseconds; ) {
        if (!(await ask())) return
        const answered = performance.now()
        times.push(answered - sent)
        sent = answered
      }
    }),
  )
  const seconds = (performance.now() - from) / 1000
  const cpu = processesOf(server) - cpuBefore
  const database = (await databaseOf(server)) - databaseBefore
  await Promise.all(opened.map(({ connection }) => connection.end()))
  return costOf(times, seconds, cpu, database)
}

/** What requests cost. @param times of each in milliseconds @param cpu of the server, and of its database, for all in seconds */
export function costOf(times: number[], seconds: number, cpu: number, database = 0): Cost {
  times.sort((one, other) => one - other)
  const at = (part: number) => Math.round((times[Math.floor(times.length * part)] ?? 0) * 1000)
  const each = (cpu: number) => Math.round((cpu / times.length) * 1e7) / 10
  return {
    requests: times.length,
    perSecond: Math.round(times.length / seconds),
    cpu: each(cpu + database),
    database: each(database),
    p50: at(0.5),
    p99: at(0.99),
    p999: at(0.999),
  }
}

/** The middle of several rounds, each figure by itself. */
export function medianOf(rounds: readonly Cost[]): Cost {
  const middle = (figure: keyof Cost) => median(rounds.map((cost) => cost[figure]))
  return {
    requests: middle('requests'),
    perSecond: middle('perSecond'),
    cpu: middle('cpu'),
    database: middle('database'),
    p50: middle('p50'),
    p99: middle('p99'),
    p999: middle('p999'),
  }
}
