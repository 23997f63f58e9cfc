import { readdirSync, readFileSync } from 'node:fs'
import { type Answer, Connection } from './connection.ts'

/** What one phase cost a server. Times in microseconds. */
export interface Cost {
  readonly requests: number
  readonly perSecond: number
  /** Of the server's process for one request, by the operating system. */
  readonly cpu: number
  readonly p50: number
  readonly p99: number
}

/** A client that sends its next request as soon as the last was answered. */
export interface Client {
  /** The next request; undefined when there is none left. */
  next(): Buffer | undefined
  /** Looks at an answer; throws when it is not the right one. */
  take(answer: Answer): void
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

/** Lets clients send for some milliseconds, one connection each. */
export async function drive(
  server: { readonly port: number; readonly pid: number },
  clients: readonly Client[],
  milliseconds: number,
): Promise<Cost> {
  const times: number[] = []
  const connections = clients.map(() => new Connection(server.port))
  const from = performance.now()
  const cpuBefore = cpuOf(server.pid)
  await Promise.all(
    clients.map(async (client, index) => {
      const connection = connections[index]
      while (connection !== undefined && performance.now() - from < milliseconds) {
        const bytes = client.next()
        if (bytes === undefined) return
        const sent = performance.now()
        client.take(await connection.ask(bytes))
        times.push(performance.now() - sent)
      }
    }),
  )
  const seconds = (performance.now() - from) / 1000
  const cpu = cpuOf(server.pid) - cpuBefore
  for (const connection of connections) connection.end()
  times.sort((one, other) => one - other)
  const at = (part: number) => Math.round((times[Math.floor(times.length * part)] ?? 0) * 1000)
  return {
    requests: times.length,
    perSecond: Math.round(times.length / seconds),
    cpu: Math.round((cpu / times.length) * 1e6),
    p50: at(0.5),
    p99: at(0.99),
  }
}

/** The middle of several rounds, each figure by itself. */
export function medianOf(rounds: readonly Cost[]): Cost {
  const middle = (figure: keyof Cost) =>
    rounds.map((cost) => cost[figure]).sort((one, other) => one - other)[Math.floor(rounds.length / 2)] ?? 0
  return {
    requests: middle('requests'),
    perSecond: middle('perSecond'),
    cpu: middle('cpu'),
    p50: middle('p50'),
    p99: middle('p99'),
  }
}
