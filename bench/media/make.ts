import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Seconds of every file that is whole. */
export const whole = 4

/** Does something in a folder that is gone afterwards. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-media-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const quiet = ['-hide_banner', '-v', 'error', '-y']
const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${whole}:sample_rate=48000`]

/** A tone as ffmpeg writes it with these arguments. */
export const made = (extension: string, ...args: readonly string[]): Buffer =>
  inFolder((folder) => {
    const file = join(folder, `file.${extension}`)
    execFileSync('ffmpeg', [...quiet, ...tone, ...args, file])
    return readFileSync(file)
  })

/** The same written to where it cannot seek back, as a recorder does. */
export const streamed = (...args: readonly string[]): Buffer =>
  execFileSync('ffmpeg', [...quiet, ...tone, ...args, 'pipe:1'], { maxBuffer: 1e8 })

/** Seconds of sound that ffmpeg decodes of a file; 0 of what is none. */
export async function decoded(file: string): Promise<number> {
  const output = ['-map', '0:a:0', '-ac', '1', '-ar', '48000', '-f', 's16le', 'pipe:1']
  const child = spawn('ffmpeg', ['-v', 'quiet', '-i', file, ...output], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let bytes = 0
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length
  })
  await once(child, 'close')
  return bytes / 2 / 48_000
}

/** Seconds of sound that ffmpeg decodes of bytes. */
export async function decodedBytes(bytes: Uint8Array): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'stagedoor-media-'))
  try {
    const file = join(folder, 'file')
    await writeFile(file, bytes)
    return await decoded(file)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The first part of a file. */
export const cut = (bytes: Buffer, part = 0.5): Buffer => bytes.subarray(0, Math.floor(bytes.length * part))

/** Something else in front of a file. */
export const behind = (head: string | Uint8Array, bytes: Buffer): Buffer =>
  Buffer.concat([typeof head === 'string' ? Buffer.from(head, 'latin1') : head, bytes])
