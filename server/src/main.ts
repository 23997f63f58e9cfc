import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import pino from 'pino'
import { run } from './commands/run.ts'
import type { Terminal } from './commands/terminal.ts'

// The one file that touches the process.

let stop: () => void = () => undefined
const stopped = new Promise<void>((resolve) => {
  stop = resolve
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    stop()
    // Whoever asks twice does not want to wait.
    process.once(signal, () => process.exit(1))
  })
}

const terminal: Terminal = {
  settings: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
  readInput: () => text(process.stdin),
  stopped,
  machine: (level) => ({
    log: pino({ level }, pino.destination({ dest: 2, sync: true })),
    clock: Date.now,
    random: randomBytes,
  }),
}

process.exitCode = await run(process.argv.slice(2), terminal, (line) => process.stderr.write(`${line}\n`))
