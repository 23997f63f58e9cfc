import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { cpuOf } from './drive.ts'
import { start } from './processes.ts'

/** The median time in microseconds that the disk takes to keep a page that was written. */
export function syncTime(folder: string): number {
  const file = openSync(join(folder, 'sync-time'), 'w')
  const page = Buffer.alloc(4096)
  const times = Array.from({ length: 200 }, () => {
    const from = performance.now()
    writeSync(file, page)
    fdatasyncSync(file)
    return performance.now() - from
  }).sort((one, other) => one - other)
  closeSync(file)
  return Math.round((times[100] ?? 0) * 1000)
}

/** The CPU in milliseconds that `serve` has used when it first answers, on a folder that was there before. */
export async function startTime(): Promise<number> {
  const server = await start('stagedoor')
  try {
    await server.command(['app', 'list'])
    await server.serve()
    await fetch(`${server.url}/healthz`)
    return Math.round(cpuOf(server.pid) * 1000)
  } finally {
    await server.end()
  }
}
