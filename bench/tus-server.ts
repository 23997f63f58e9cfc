import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@stagedoor/testkit/ports'

/** A server that takes uploads, as a process of its own. */
export interface TusServer {
  readonly url: string
  /** Where it stores everything. */
  readonly folder: string
  /** Bytes in memory now. */
  resident(): number
  /** Makes what is in memory now the most that was (Linux). */
  forgetPeak(): void
  /** The most bytes that were in memory since then. */
  peak(): number
  /** Ends it and removes what it has stored. */
  end(): Promise<void>
}

/** The servers that are compared, by name: each starts one on an empty folder. */
export const servers = {
  stagedoor: async (folder: string) => {
    const port = String(await freePort())
    const url = `http://localhost:${port}`
    const settings = { PUBLIC_URL: url, PORT: port, HOST: 'localhost', DATA_DIR: folder, LOG_LEVEL: 'silent' }
    return { url, child: run(['../server/bin/stagedoor.mjs', 'serve', '--json'], settings) }
  },
  'bare tus': async (folder: string) => ({ url: null, child: run(['servers/tus.ts'], { DATA_DIR: folder }) }),
} as const

export type ServerName = keyof typeof servers

/** Starts a server and waits until it says that it is ready. */
export async function startServer(name: ServerName): Promise<TusServer> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-bench-'))
  const { url, child } = await servers[name](folder)
  if (child.stdout === null) throw new Error('Its output is not to be read.')
  const [line] = await once(child.stdout, 'data')
  const status = (field: string) => {
    const text = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]) * 1024
  }
  return {
    url: url ?? String(line).trim(),
    folder,
    resident: () => status('VmRSS'),
    forgetPeak: () => writeFileSync(`/proc/${child.pid}/clear_refs`, '5'),
    peak: () => status('VmHWM'),
    end: async () => {
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
      rmSync(folder, { recursive: true })
    },
  }
}

function run(
  [script = '', ...args]: readonly string[],
  settings: Readonly<Record<string, string>>,
): ChildProcess {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const env = { PATH: process.env['PATH'], ...settings }
  return spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
}
