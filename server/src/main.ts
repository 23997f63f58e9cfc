import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { text } from 'node:stream/consumers'
import pino from 'pino'
import { askedByPrimary, askedToEnd } from './cli/asked-to-end.ts'
import { failed } from './cli/failed.ts'
import { logLines } from './cli/log-lines.ts'
import { run } from './cli/run.ts'
import { type Terminal, unwritten } from './cli/terminal.ts'
import { clustered } from './cli/workers/cluster.ts'
import { boundYoungGeneration } from './cli/young-generation.ts'
import { requestTimeoutMs } from './limits.ts'
import type { ProcessFacts } from './metrics/of-process.ts'

// The one file that touches the process.

/** Milliseconds that an end takes at most: draining and requests 10 s, mail and webhooks under way the rest. */
const longestEndMs = 14_000
/** Milliseconds for the last lines of a server to be read. */
const unreadMs = 1_000

let isToEnd = false

const terminal: Terminal = {
  settings: process.env,
  get version() {
    const { version }: { version: string } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    )
    return version
  },
  out: (line) => process.stdout.write(`${line}\n`),
  readInput: () => text(process.stdin),
  // Asked for by what waits for it: every other command ends at once.
  get stopped() {
    const end = () => process.exit(1)
    const asked = [askedToEnd(process, Date.now, end), askedByPrimary(clustered)]
    return Promise.race([...asked, failed(process, logTo('error'), end)]).finally(() => {
      isToEnd = true
      setTimeout(end, longestEndMs).unref()
    })
  },
  processes: clustered,
  machine: (level) => ({
    log: logTo(level),
    clock: Date.now,
    random: randomBytes,
    descriptors: descriptors(),
    requestTimeoutMs,
    ownAddress: ownAddress(),
    process: processFacts,
    shareMetrics: (read) => async () => read(),
  }),
}

// Lines are written many at once, warnings and errors without delay.
function logTo(level: string) {
  const lines = logLines(process.stderr, Date.now)
  const { flush } = lines
  process.on('exit', flush)
  setInterval(flush, 200).unref()
  const warning = pino.levels.values['warn'] ?? 0
  return pino(
    {
      level,
      hooks: {
        logMethod(values, method, at) {
          method.apply(this, values)
          if (at >= warning) flush()
        },
      },
    },
    lines,
  )
}

const complain = (line: string) => process.stderr.write(`${line}\n`)

// What is made from now on is nobody else's to read: the database and its journal, uploads, backups.
process.umask(0o077)
process.stdout.on('error', (error) => process.exit(unwritten(error, complain)))
boundYoungGeneration()
process.exitCode = await run(process.argv.slice(2), terminal, complain)
// The channel to whoever started a worker keeps it alive.
process.channel?.unref()
// What could not be done ends here, whatever it has left open; a server, though nobody reads its last lines.
if (process.exitCode !== 0) process.exit()
if (isToEnd) setTimeout(() => process.exit(), unreadMs).unref()

// Where the system does not say, nothing is bounded by it.
function descriptors(): number {
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    return soft === undefined ? Number.MAX_SAFE_INTEGER : Number(soft)
  } catch {
    return process.platform === 'win32' ? Number.MAX_SAFE_INTEGER : 256
  }
}

function ownAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null
}

function processFacts(): ProcessFacts {
  const { user, system } = process.cpuUsage()
  return {
    memoryBytes: process.memoryUsage.rss(),
    cpuSeconds: (user + system) / 1e6,
    startedAt: (Date.now() - performance.now()) / 1000,
  }
}
