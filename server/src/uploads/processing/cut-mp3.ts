import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** The stream that is made of every upload (ISO 11172-3): layer III, 320 kbit/s, 44.1 kHz. */
const bytesOfFrame = (144 * 320_000) / 44_100
const samplesOfFrame = 1152
const framesOfSecond = 44_100 / samplesOfFrame
/** Samples by which the encoder and a decoder are late. */
const delay = 1105
/** Bytes of the head of such a file in which its first frame is looked for. */
const headBytes = 4096

/** An MP3 that was made here. */
export interface Mp3 {
  readonly size: number
  /** Reads the bytes from `first` to `last`, both included. */
  read(first: number, last: number): Readable
}

/**
 * Writes a part of an MP3 that was made here, frame by frame as it is: nothing is decoded.
 * @returns false where the file is no such MP3
 */
export async function cutMp3(
  source: Mp3,
  part: { readonly from: number; readonly seconds: number },
  target: string,
): Promise<boolean> {
  const { size, read } = source
  const head = await bytesOf(read(0, Math.min(headBytes, size) - 1))
  const start = firstFrame(head)
  if (start === undefined) return false
  const frame = Math.round(part.from * framesOfSecond + delay / samplesOfFrame)
  const first = await frameAt(start, frame, source)
  if (first === undefined) return false
  const last = await frameAt(start, frame + Math.ceil(part.seconds * framesOfSecond), source)
  await pipeline(read(first, (last ?? size) - 1), createWriteStream(target))
  return true
}

// Where a frame begins: by its number to a byte or two, and there by its header.
async function frameAt(start: number, number: number, { size, read }: Mp3): Promise<number | undefined> {
  const near = start + Math.floor(number * bytesOfFrame) - 2
  if (near >= size - 4) return undefined
  const from = Math.max(start, near)
  const bytes = await bytesOf(read(from, Math.min(from + 8, size - 1)))
  for (let at = 0; at + 2 < bytes.length; at += 1) if (isHeader(bytes, at)) return from + at
  return undefined
}

// The first one holds no sound: it tells the length of the file.
function firstFrame(head: Buffer): number | undefined {
  const tag = head.toString('latin1', 0, 3) === 'ID3' ? 10 + syncSafe(head, 6) : 0
  if (!isHeader(head, tag)) return undefined
  const isInfo = /Info|Xing/.test(head.toString('latin1', tag, tag + 64))
  return isInfo ? tag + lengthOf(head, tag) : tag
}

const isHeader = (bytes: Buffer, at: number): boolean =>
  bytes[at] === 0xff && bytes[at + 1] === 0xfb && ((bytes[at + 2] ?? 0) & 0xfc) === 0xe0

const lengthOf = (bytes: Buffer, at: number): number =>
  Math.floor(bytesOfFrame) + (((bytes[at + 2] ?? 0) >> 1) & 1)

const syncSafe = (bytes: Buffer, at: number): number =>
  [0, 1, 2, 3].reduce((sum, place) => (sum << 7) | (bytes[at + place] ?? 0), 0)

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
