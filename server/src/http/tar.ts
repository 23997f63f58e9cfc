import { gunzipSync, gzipSync } from 'node:zlib'

const BLOCK = 512

/** A packed archive (POSIX ustar, gzip) with one more file at its end. The same in gives the same bytes. */
export function withFile(packed: Uint8Array, name: string, text: string): Buffer {
  const archive = gunzipSync(packed)
  const content = Buffer.from(text)
  const padding = Buffer.alloc(-content.length & (BLOCK - 1))
  // Two empty blocks end an archive.
  const files = [withoutEnd(archive), header(name, content.length), content, padding, Buffer.alloc(2 * BLOCK)]
  return gzipSync(Buffer.concat(files), { level: 9 })
}

function withoutEnd(archive: Buffer): Buffer {
  let end = archive.length
  while (end >= BLOCK && archive.subarray(end - BLOCK, end).every((byte) => byte === 0)) end -= BLOCK
  return archive.subarray(0, end)
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`
  block.write(name, 0)
  block.write(octal(0o644, 8), 100)
  block.write(octal(0, 8), 108)
  block.write(octal(0, 8), 116)
  block.write(octal(size, 12), 124)
  block.write(octal(0, 12), 136)
  // The checksum is counted with itself as spaces.
  block.write(' '.repeat(8), 148)
  block.write('0', 156)
  block.write('ustar\x0000', 257)
  block.write(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      7,
    )} `,
    148,
  )
  return block
}
