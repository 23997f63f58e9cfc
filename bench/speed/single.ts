import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { cpuOf } from './drive.ts'
import { type ServerName, start } from './processes.ts'

/** Milliseconds that the disk of a folder takes to keep a page that was written, a hundred times. */
export function syncTimes(folder: string): number[] {
  const file = openSync(join(folder, 'sync-time'), 'w')
  const page = Buffer.alloc(4096)
  const times = Array.from({ length: 100 }, () => {
    const from = performance.now()
    writeSync(file, page)
    fdatasyncSync(file)
    return performance.now() - from
  })
  closeSync(file)
  return times
}

/** CPU in milliseconds that a process has used when it first answers. */
export interface StartTimes {
  /** On a folder that was there before. */
  readonly serve: number
  /** On an empty one, with its samples. */
  readonly dev: number
  /** Of a Fastify with one route. */
  readonly fastify: number
}

/** So many starts of each, by turns. */
export async function startTimes(rounds: number): Promise<readonly StartTimes[]> {
  const all: StartTimes[] = []
  while (all.length < rounds)
    all.push({
      serve: await startTime('stagedoor'),
      dev: await startTime('stagedoor dev'),
      fastify: await startTime('a Fastify that starts'),
    })
  return all
}

async function startTime(name: ServerName): Promise<number> {
  const server = await start(name)
  try {
    if (name === 'stagedoor') await server.command(['app', 'list'])
    await server.serve()
    await fetch(`${server.url}/healthz`)
    return Math.round(cpuOf(server.pid) * 1000)
  } finally {
    await server.end()
  }
}
