import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import pino from 'pino'
import { askedToEnd } from './cli/asked-to-end.ts'
import { run } from './cli/run.ts'
import type { Terminal } from './cli/terminal.ts'

// The one file that touches the process.

const terminal: Terminal = {
  settings: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
  readInput: () => text(process.stdin),
  // Asked for by what waits for it: every other command ends at once.
  get stopped() {
    return askedToEnd(process, Date.now, () => process.exit(1))
  },
  machine: (level) => ({
    log: pino({ level }, pino.destination({ dest: 2, sync: true })),
    clock: Date.now,
    random: randomBytes,
  }),
}

process.exitCode = await run(process.argv.slice(2), terminal, (line) => process.stderr.write(`${line}\n`))
