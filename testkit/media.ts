import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'

/** A tone as a WAV file: 16 bits, one channel, 8 kHz unless said otherwise. */
export function wav(seconds: number, { rate = 8000, hertz = 440, channels = 1 } = {}): Buffer<ArrayBuffer> {
  const frames = Math.round(seconds * rate)
  const data = Buffer.alloc(frames * channels * 2)
  for (let at = 0; at < frames * channels; at += 1)
    data.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * hertz * at) / channels / rate)), at * 2)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * channels * 2, 28)
  head.writeUInt16LE(channels * 2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}

/** A PNG of one colour, which may claim to be larger than its data; `extra` chunks go before the data. */
export function png(
  width: number,
  height: number,
  { rows = height, extra = [] as readonly Buffer[], isBilevel = false } = {},
): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set(isBilevel ? [1, 0, 0, 0, 0] : [8, 2, 0, 0, 0], 8)
  const row = Buffer.alloc(1 + (isBilevel ? Math.ceil(width / 8) : width * 3), 120).fill(0, 0, 1)
  const data = deflateSync(Buffer.concat(Array.from({ length: rows }, () => row)))
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    ...extra,
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A chunk of a PNG. */
export function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** What ffmpeg makes of a tone with these arguments before the output. */
export function encoded(
  extension: string,
  seconds: number,
  args: readonly string[] = [],
  source = `sine=frequency=440:duration=${seconds}`,
): Buffer<ArrayBuffer> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-media-'))
  const target = join(folder, `made.${extension}`)
  try {
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...args, target])
    return Buffer.from(readFileSync(target))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
