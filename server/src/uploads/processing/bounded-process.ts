import { spawn } from 'node:child_process'

/** Milliseconds for one process. */
const timeoutMs = 20 * 60_000
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin', LC_ALL: 'C' }
/** Bytes of address space, seconds of processor time, open files, bytes of output. */
const bounds = ['--as=1073741824', '--cpu=1200', '--nofile=64', '--fsize=2147483648', '--core=0']
/** Characters of what a process says of itself that are kept: the last ones. */
const mostWords = 16_384

/** What stands before a command: the lowest priority a machine gives, and the bounds, where it has the tools for them. */
export const wrappers: readonly (readonly string[])[] = [
  ['nice', '-n', '10', 'prlimit', ...bounds],
  ['nice', '-n', '10'],
]

/** How a process ended: its exit code, null when a signal ended it, and the last of what it wrote to stderr. */
export interface Ended {
  readonly code: number | null
  readonly words: string
}

/** Somebody else ended a process, as a service manager does with all that belongs to a service: it has told nothing. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded'
}

const requests: ReadonlySet<unknown> = new Set(['SIGHUP', 'SIGINT', 'SIGTERM'])
// ffmpeg takes such a signal itself, and exits with a code as after an error.
const isEnded = (signal: unknown, words: string): boolean =>
  requests.has(signal) || /Exiting normally, received signal/.test(words)

/**
 * Runs a command in a process of its own, with nothing of our environment.
 * @param onOutput is told what it writes to stdout
 * @throws ProcessEnded when it was asked to end
 * @throws Error when there is no such command
 */
export function runBounded(
  [command = '', ...args]: readonly string[],
  stopped: AbortSignal,
  onOutput: (chunk: Buffer) => void,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]),
      killSignal: 'SIGKILL',
    })
    let words = ''
    child.stdout.on('data', onOutput)
    child.stderr.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString('latin1')).slice(-mostWords)
    })
    child.once('error', (error) => (error.name === 'AbortError' ? undefined : reject(error)))
    child.once('close', (code, signal) => {
      if (isEnded(signal, words)) reject(new ProcessEnded(`${command} was asked to end`))
      else resolve({ code, words })
    })
  })
}

/** What a command writes to stdout, up to `most` bytes; empty where there is no such command. */
export async function outputOf(command: readonly string[], most: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    await runBounded(command, AbortSignal.timeout(10_000), (chunk) => {
      bytes += chunk.length
      if (bytes <= most) chunks.push(chunk)
    })
  } catch {
    return ''
  }
  return Buffer.concat(chunks).toString()
}
