import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Unusable } from './rejected-file.ts'

/** Turns audio into MP3 in a process of its own; null where ffmpeg is not installed. */
export interface Transcoder {
  /**
   * Writes a file as MP3 of 320 kbit/s.
   * @returns the seconds written
   * @throws Unusable when the file cannot be decoded
   */
  transcode(job: Transcoding): Promise<number>
}

export interface Transcoding {
  readonly file: string
  /** What ffmpeg is to read it as; it never guesses. */
  readonly demuxer: string
  readonly target: string
  /** Seconds to leave out, and the most to write. */
  readonly from: number
  readonly seconds: number
  onProgress(seconds: number): void
  readonly stopped: AbortSignal
}

/** Milliseconds for one transcoding. */
const patience = 20 * 60_000
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin', LC_ALL: 'C' }
/** Bytes of address space, seconds of processor time, open files, bytes of output. */
const bounds = ['--as=1073741824', '--cpu=1200', '--nofile=64', '--fsize=2147483648', '--core=0']
/** The lowest priority a machine gives, and the bounds, where the machine has the tools for them. */
const wrappers = [
  ['nice', '-n', '10', 'prlimit', ...bounds],
  ['nice', '-n', '10'],
]

/** Finds ffmpeg with its MP3 encoder. */
export async function findTranscoder(): Promise<Transcoder | null> {
  for (const wrapper of wrappers) {
    const encoders = await output([...wrapper, 'ffmpeg', '-hide_banner', '-encoders'])
    if (encoders.includes('libmp3lame')) return { transcode: (job) => transcode(wrapper, job) }
  }
  return null
}

async function transcode(wrapper: readonly string[], job: Transcoding): Promise<number> {
  let written = 0
  const code = await run([...wrapper, 'ffmpeg', ...argumentsOf(job)], job.stopped, (line) => {
    const [, microseconds] = /^out_time_us=(\d+)$/.exec(line) ?? []
    if (microseconds === undefined) return
    written = Number(microseconds) / 1e6
    job.onProgress(written)
  })
  job.stopped.throwIfAborted()
  if (code !== 0 || written === 0)
    throw new Unusable('This is not an audio file that can be played: it could not be decoded.')
  return written
}

function argumentsOf({ file, demuxer, target, from, seconds }: Transcoding): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-loglevel', 'error', '-y'],
    ...['-protocol_whitelist', 'file,pipe', '-max_pixels', '16777216', '-f', demuxer],
    ...(from > 0 ? ['-ss', String(from)] : []),
    ...['-i', `file:${file}`, '-map', '0:a:0', '-vn', '-sn', '-dn', '-map_metadata', '-1'],
    ...['-t', String(seconds), '-c:a', 'libmp3lame', '-b:a', '320k', '-ar', '44100', '-ac', '2'],
    ...['-threads', '1', '-progress', 'pipe:1', '-f', 'mp3', `file:${target}`],
  ]
}

function run(
  [command = '', ...args]: readonly string[],
  stopped: AbortSignal,
  onLine: (line: string) => void,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
      signal: AbortSignal.any([stopped, AbortSignal.timeout(patience)]),
      killSignal: 'SIGKILL',
    })
    createInterface({ input: child.stdout }).on('line', onLine)
    child.once('error', (error) => (error.name === 'AbortError' ? undefined : reject(error)))
    child.once('close', resolve)
  })
}

async function output(command: readonly string[]): Promise<string> {
  const lines: string[] = []
  try {
    await run(command, AbortSignal.timeout(10_000), (line) => lines.push(line))
  } catch {
    // There is no such command here.
    return ''
  }
  return lines.join('\n')
}
