import { mkdirSync } from 'node:fs'
import { open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileStore } from '@tus/file-store'
import { Upload } from '@tus/server'
import type { Store } from '../store/store.ts'
import { found } from './content-folder.ts'

/** What `write` throws when the disk is full, in the form the tus server passes on. */
export const diskFull = { status_code: 507, body: 'disk full' }

/** Files on their way in: the bytes in a folder, by id, and all that is known of them in the store. */
export class Incoming extends FileStore {
  constructor(directory: string, store: Store) {
    mkdirSync(directory, { recursive: true })
    super({
      directory,
      configstore: {
        get: async (id) => {
          const upload = await store.findUpload(id)
          if (upload === undefined) return undefined
          const { filename, template } = upload
          return new Upload({ id, size: upload.length, offset: 0, metadata: { filename, template } })
        },
        set: async () => undefined,
        delete: async () => undefined,
      },
    })
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration']
  }

  /** Where the bytes of an upload lie; its id has been made here. */
  path(id: string): string {
    return join(this.directory, id)
  }

  /** The bytes that have arrived; `undefined` when there is no file. */
  async size(id: string): Promise<number | undefined> {
    return (await found(stat(this.path(id))))?.size
  }

  async delete(id: string): Promise<void> {
    await rm(this.path(id), { force: true })
  }

  list(): Promise<readonly string[]> {
    return readdir(this.directory)
  }

  /** Appends bytes and answers the new offset; what has arrived is on the disk even when the rest does not come. */
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const handle = await open(this.path(id), 'r+')
    let end = offset
    const append = async (chunk: Uint8Array) => {
      for (let at = 0; at < chunk.length; ) {
        const { bytesWritten } = await handle.write(chunk, at, chunk.length - at, end)
        at += bytesWritten
        end += bytesWritten
      }
      free(chunk)
    }
    try {
      await pipeline(bytes, sink(append))
      return end
    } catch (error) {
      throw error instanceof Error && 'code' in error && isFull.has(error.code) ? diskFull : error
    } finally {
      await handle.sync()
      await handle.close()
    }
  }
}

// Not `for await`: it joins chunks that wait, and what they were joined from piles up as garbage.
function sink(append: (chunk: Uint8Array) => Promise<void>): Writable {
  return new Writable({
    write: (chunk: Uint8Array, _encoding, done) => void append(chunk).then(() => done(), done),
  })
}

const isFull: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT'])

// Written chunks are garbage of which the collector sees little: freed by hand, they do not pile up to 64 MB.
function free({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
