import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { freePort } from '@stagedoor/testkit/ports'

/** A server as a process of its own. */
export interface ServerProcess {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Runs a command of ours on the same data. */
  command(args: readonly string[], input?: string): Promise<{ readonly code: unknown; readonly text: string }>
  /** Starts it. */
  serve(): Promise<void>
  /** Megabytes in memory now. */
  resident(): number
  end(): Promise<void>
}

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The servers that are measured, by name: how each is started on a port. */
const servers = {
  stagedoor: [file('../../server/bin/stagedoor.mjs'), 'serve', '--json'],
  'bare Fastify': [file('../servers/fastify.ts')],
} as const

export type ServerName = keyof typeof servers

/** Prepares a server on an empty folder and a free port of this machine. */
export async function start(name: ServerName): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-speed-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const env = {
    PATH: process.env['PATH'],
    ...{ PUBLIC_URL: url, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder },
    ...{ LOG_LEVEL: 'silent', API_PLAN: 'unlimited', TRUSTED_PROXIES: '127.0.0.1' },
  }
  const run = (args: readonly string[], input: 'pipe' | 'ignore'): ChildProcess =>
    spawn(process.execPath, args, { env, stdio: [input, 'pipe', 'inherit'] })
  let child: ChildProcess | undefined
  return {
    url,
    port,
    get pid() {
      return child?.pid ?? 0
    },
    async command(args, input = '') {
      const command = run([servers.stagedoor[0], ...args], 'pipe')
      command.stdin?.end(input)
      const exit = once(command, 'exit')
      const said = command.stdout === null ? '' : await text(command.stdout)
      const [code] = await exit
      return { code, text: said }
    },
    async serve() {
      child = run(servers[name], 'ignore')
      if (child.stdout === null) throw new Error('Its output is not to be read.')
      await once(child.stdout, 'data')
    },
    resident: () =>
      Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child?.pid}/status`, 'utf8'))?.[1]) / 1024,
    async end() {
      if (child !== undefined) {
        const exit = once(child, 'exit')
        child.kill('SIGTERM')
        await exit
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
