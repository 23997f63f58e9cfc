import { failure } from '../errors/errors.ts'
import type { UploadFile } from './uploads.ts'

/** A file as an upload reads it. */
export interface OpenFile {
  readonly name: string
  readonly type: string
  /** Bytes. */
  readonly size: number
  /** What tells the file from others after a reload; undefined when nothing does. */
  readonly identity: readonly (string | number)[] | undefined
  /** The bytes from one offset to another, as `fetch` takes them. Rejects with `unreadable_file`. */
  read(start: number, end: number): Promise<Blob | ArrayBuffer>
}

const unreadable = (cause: unknown): never => {
  throw failure('unreadable_file', { cause })
}

/** A file of a device as a blob, which the system reads piece by piece. */
async function blobAt(uri: string): Promise<Blob> {
  try {
    const answer = await fetch(uri)
    // Of a file some systems tell no status, or 0.
    return answer.status >= 400 ? unreadable(answer) : await answer.blob()
  } catch (cause) {
    return unreadable(cause)
  }
}

function blobOf(file: UploadFile): Promise<Blob> | Blob {
  // Of an array that shows a part of its memory, the part.
  if (ArrayBuffer.isView(file)) return new Blob([new Uint8Array(file)])
  if ('uri' in file) return blobAt(file.uri)
  if ('buffer' in file) return new Blob([new Uint8Array(file.buffer)])
  return file
}

/** What was changed at another time, or lies elsewhere, is another file, whatever its name. */
function identityOf(file: UploadFile): string | number | undefined {
  if ('lastModified' in file && typeof file.lastModified === 'number') return file.lastModified
  return 'uri' in file ? file.uri : undefined
}

/** Opens what is to be uploaded. Rejects with `unreadable_file`. */
export async function openFile(file: UploadFile): Promise<OpenFile> {
  if (typeof file !== 'object' || file === null) return unreadable(file)
  const name = ('name' in file && typeof file.name === 'string' && file.name) || 'untitled'
  const type = ('type' in file && file.type) || ''
  const known = identityOf(file)
  const blob = await blobOf(file)
  if (typeof blob.slice !== 'function' || typeof blob.size !== 'number') return unreadable(file)
  return {
    name,
    type,
    size: blob.size,
    identity: known === undefined ? undefined : [name, type, blob.size, known],
    read: async (start, end) => {
      // Expo's `fetch` sends the type of a blob in place of the request's own header.
      const part = blob.slice(start, end, 'application/offset+octet-stream')
      // Read here, a file that was changed or removed is told from a lost network. React Native's blobs cannot be read.
      return typeof part.arrayBuffer === 'function' ? part.arrayBuffer().catch(unreadable) : part
    },
  }
}
