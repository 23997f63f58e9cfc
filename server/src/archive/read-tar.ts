import type { FileHandle } from 'node:fs/promises'
import { brokenArchive } from '../errors/archive.ts'

/** Where a file of an archive lies in it. */
export interface TarFile {
  readonly path: string
  readonly offset: number
  readonly size: number
}

const block = 512
const mostFiles = 20_000
/** Bytes of what tells of the next file: a long name, and other words about it. */
const mostWords = 64 * 1024

/** What says that a file is something else, by its first bytes. */
const compressions = [
  ['gzip', [0x1f, 0x8b]],
  ['ZIP', [0x50, 0x4b]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a]],
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
] as const

/**
 * Reads which files a tar archive holds (POSIX.1-2001, with `pax` and GNU's long names), and nothing of what is in them.
 * @throws BrokenArchive
 */
export async function readTar(file: FileHandle): Promise<ReadonlyMap<string, TarFile>> {
  const { size: length } = await file.stat()
  const files = new Map<string, TarFile>()
  let last = 'the start'
  let named: Named = {}
  for (let at = 0; ; ) {
    if (at + block > length) throw at === 0 ? brokenArchive.notTar() : brokenArchive.cut()
    const head = await bytesAt(file, at, block)
    if (at === 0) refuseCompressed(head)
    if (head.every((byte) => byte === 0)) return files
    if (!isWhole(head)) throw at === 0 ? brokenArchive.notTar() : brokenArchive.damaged(last)
    const size = named.size ?? numberIn(head, 124, 12)
    // A size below zero would lead back to what was read already, for ever.
    if (!Number.isSafeInteger(size) || size < 0) throw brokenArchive.damaged(last)
    const [offset, next] = [at + block, at + block + Math.ceil(size / block) * block]
    if (!Number.isSafeInteger(next)) throw brokenArchive.damaged(last)
    if (next > length) throw brokenArchive.cut()
    at = next
    const type = String.fromCharCode(head[156] ?? 0)
    if (type === 'x' || type === 'L') {
      if (size > mostWords) throw brokenArchive.damaged(last)
      const words = await bytesAt(file, offset, size)
      named = { ...named, ...(type === 'x' ? paxOf(words) : { path: textIn(words, 0, size) }) }
      continue
    }
    if (type === 'g') continue
    const path = (named.path ?? pathOf(head)).replace(/^(?:\.\/)+/, '')
    named = {}
    if (type === '5') continue
    if (type !== '0' && type !== '\0') throw brokenArchive.notAFile(path)
    if (files.has(path)) throw brokenArchive.twice(path)
    if (files.size === mostFiles) throw brokenArchive.tooManyFiles(mostFiles)
    files.set(path, { path, offset, size })
    last = path
  }
}

/** Reads bytes of a file that has them. */
export async function bytesAt(file: FileHandle, offset: number, size: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, offset)
  if (bytesRead < size) throw brokenArchive.cut()
  return buffer
}

/** What the entries before a file say of it. */
interface Named {
  readonly path?: string
  readonly size?: number
}

function refuseCompressed(head: Uint8Array): void {
  const found = compressions.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte))
  if (found) throw brokenArchive.compressed(found[0])
}

// The sum counts its own field as blanks.
function isWhole(head: Uint8Array): boolean {
  const sum = head.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0)
  return numberIn(head, 148, 8) === sum
}

function pathOf(head: Uint8Array): string {
  const name = textIn(head, 0, 100)
  const isPosix = textIn(head, 257, 6) === 'ustar'
  const prefix = isPosix ? textIn(head, 345, 155) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** The `path` and `size` of records of the form `LENGTH KEY=VALUE\n`; others say nothing that matters here. */
function paxOf(words: Uint8Array): Named {
  const found = new Map<string, string>()
  for (let at = 0; at < words.length; ) {
    const blank = words.indexOf(0x20, at)
    const length = Number(Buffer.from(words.subarray(at, blank)).toString('latin1'))
    if (blank < 0 || !Number.isSafeInteger(length) || length <= 0) break
    const [, key = '', value = ''] =
      /^([^=]*)=(.*)\n$/s.exec(Buffer.from(words.subarray(blank + 1, at + length)).toString('utf8')) ?? []
    found.set(key, value)
    at += length
  }
  const [path, size] = [found.get('path'), found.get('size')]
  return { ...(path !== undefined && { path }), ...(size !== undefined && { size: Number(size) }) }
}

// Octal, or where the first bit is set, binary as GNU writes what octal has no room for.
function numberIn(head: Uint8Array, start: number, length: number): number {
  const field = Buffer.from(head.subarray(start, start + length))
  if (((field[0] ?? 0) & 0x80) !== 0) return Number(field.readBigUInt64BE(length - 8))
  const digits = field
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trimStart()
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN
}

function textIn(bytes: Uint8Array, start: number, length: number): string {
  const field = Buffer.from(bytes.subarray(start, start + length))
  const end = field.indexOf(0)
  return field.subarray(0, end < 0 ? field.length : end).toString('utf8')
}
