import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ContentName, type ContentStore, contentNames } from './store.ts'

/** What a copy of content came to. */
export interface CopiedContent {
  /** Files that are the same on both sides now, and how many of them were there before. */
  readonly files: number
  readonly there: number
  readonly bytes: number
}

/** A file that is another on the other side. */
export class ContentDiffers extends Error {
  override readonly name = 'ContentDiffers'
}

/**
 * Copies all that is served from one place to another, and reads each file there once more. What is there already is not sent
 * again, so that a copy which was cut off goes on where it ended.
 * @param workFile a file for what is under way
 * @throws ContentDiffers when a file is another on the other side
 */
export async function copyContent(
  from: ContentStore,
  to: ContentStore,
  workFile: string,
): Promise<CopiedContent> {
  const sum = { files: 0, there: 0, bytes: 0 }
  for (const cid of await from.list())
    for (const name of contentNames) {
      const size = await from.size(cid, name)
      if (size === undefined) continue
      const isThere = (await to.size(cid, name)) !== undefined
      const sent = await digestOf(from, cid, name, size, isThere ? null : workFile)
      if (!isThere) await to.put(cid, name, workFile)
      const arrived = await to.size(cid, name)
      if (arrived !== size || (await digestOf(to, cid, name, size, null)) !== sent)
        throw new ContentDiffers(
          `${cid}/${name} is another file on the other side. Delete it there, and begin again.`,
        )
      sum.files += 1
      sum.there += isThere ? 1 : 0
      sum.bytes += size
    }
  return sum
}

async function digestOf(
  store: ContentStore,
  cid: string,
  name: ContentName,
  size: number,
  into: string | null,
): Promise<string> {
  const hash = createHash('sha256')
  // A range has a last byte.
  const bytes = size === 0 ? Readable.from([]) : store.read(cid, name, 0, size - 1)
  const hashed = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk)
      done(null, into === null ? undefined : chunk)
    },
  })
  if (into !== null) await pipeline(bytes, hashed, createWriteStream(into))
  else await pipeline(bytes, hashed.resume())
  return hash.digest('hex')
}
