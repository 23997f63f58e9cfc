import type { Readable } from 'node:stream'

/** A file of an archive: its path in it, how many bytes it has, and these. */
export interface TarEntry {
  readonly path: string
  readonly size: number
  readonly bytes: Readable | Uint8Array
}

const block = 512

/** Writes files one after the other as a tar archive (POSIX.1-1988, `ustar`); none is held as a whole. */
export async function* tar(entries: AsyncIterable<TarEntry>, now: number): AsyncGenerator<Uint8Array> {
  for await (const { path, size, bytes } of entries) {
    yield header(path, size, now)
    let written = 0
    for await (const part of bytes instanceof Uint8Array ? [bytes] : bytes) {
      const chunk: Uint8Array = part
      written += chunk.length
      yield chunk
    }
    if (written !== size) throw new Error(`${path} has ${written} bytes, not ${size}`)
    yield new Uint8Array((block - (size % block)) % block)
  }
  yield new Uint8Array(2 * block)
}

function header(path: string, size: number, now: number): Uint8Array {
  const bytes = Buffer.alloc(block)
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`
  bytes.write(path, 0, 100, 'utf8')
  bytes.write(octal(0o644, 8), 100)
  bytes.write(octal(0, 8), 108)
  bytes.write(octal(0, 8), 116)
  bytes.write(octal(size, 12), 124)
  bytes.write(octal(Math.floor(now / 1000), 12), 136)
  bytes.write(' '.repeat(8), 148)
  bytes.write('0', 156)
  bytes.write('ustar\0', 257)
  bytes.write('00', 263)
  // The sum counts its own field as blanks.
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}
