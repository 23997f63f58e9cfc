import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { freePort } from '@stagedoor/testkit/ports'

/** Megabytes of a process. */
export interface Memory {
  readonly resident: number
  /** Those that the system could not take back to read them from a file again. */
  readonly own: number
}

/** A server as a process of its own. */
export interface ServerProcess {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly folder: string
  /** Runs a command of ours on the same data. */
  command(args: readonly string[], input?: string): Promise<{ readonly code: unknown; readonly text: string }>
  /** Starts it; answers the first line it writes. */
  serve(): Promise<string>
  /** Writes it a line; answers the next that it writes. */
  ask(line: string): Promise<string>
  /** What is in memory now. */
  memory(): Memory
  end(): Promise<void>
}

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** This checkout; another can be measured beside it. */
export const thisCheckout: string = file('../../')

/** The servers that are measured, by name: how each is started on a port. Ours is that of a checkout. */
const servers = {
  stagedoor: ['serve', '--json'],
  'stagedoor dev': ['dev', '--json'],
  'bare node:http': [file('../servers/http.ts')],
  'bare Fastify': [file('../servers/fastify.ts')],
  'a Fastify that starts': [file('../servers/fastify-start.mjs')],
  '@tus/server': [file('../servers/tus.ts')],
  'oidc-provider': [file('../server-peers/oidc-provider.ts')],
  OpenAuth: [file('../server-peers/openauth.ts')],
  'Better Auth': [file('../server-peers/better-auth.ts')],
} as const

/** What a server of ours on PostgreSQL has to be given. */
export const keySecret = 'a key secret of thirty-two characters'

export type ServerName = keyof typeof servers

/**
 * Prepares a server on an empty folder and a free port of this machine.
 * @param settings what its environment says beyond that
 * @param checkout the folder of the checkout whose build of ours is started
 */
export async function start(
  name: ServerName,
  settings: Readonly<Record<string, string>> = {},
  checkout = thisCheckout,
): Promise<ServerProcess> {
  const stagedoor = join(checkout, 'server/bin/stagedoor.mjs')
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-speed-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const env = {
    PATH: process.env['PATH'],
    ...{ PUBLIC_URL: url, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder, NODE_ENV: 'production' },
    ...{ LOG_LEVEL: 'silent', API_PLAN: 'unlimited', TRUSTED_PROXIES: '127.0.0.1' },
    ...settings,
  }
  const run = (args: readonly string[]) =>
    spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'ignore'] })
  let child: ReturnType<typeof run> | undefined
  let lines: Interface | undefined
  return {
    url,
    port,
    folder,
    get pid() {
      return child?.pid ?? 0
    },
    async command(args, input = '') {
      const command = run([stagedoor, ...args])
      command.stdin.end(input)
      const exit = once(command, 'exit')
      const said = await text(command.stdout)
      const [code] = await exit
      return { code, text: said }
    },
    async serve() {
      const started = run(
        name === 'stagedoor' || name === 'stagedoor dev' ? [stagedoor, ...servers[name]] : servers[name],
      )
      child = started
      lines = createInterface(started.stdout)
      const gone = once(started, 'exit').then(() => {
        throw new Error(`${name} ended before it listened.`)
      })
      const [first] = await Promise.race([once(lines, 'line'), gone])
      gone.catch(() => undefined)
      return String(first)
    },
    async ask(line) {
      if (child === undefined || lines === undefined) throw new Error(`${name} is not started.`)
      const answer = once(lines, 'line')
      child.stdin.write(`${line}\n`)
      return String((await answer)[0])
    },
    memory() {
      const status = readFileSync(`/proc/${child?.pid}/status`, 'utf8')
      const megabytes = (name: string) =>
        Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024)
      return { resident: megabytes('VmRSS'), own: megabytes('RssAnon') }
    },
    async end() {
      if (child?.exitCode === null) {
        const exit = once(child, 'exit')
        child.kill('SIGTERM')
        await exit
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
