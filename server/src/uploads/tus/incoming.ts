import { AsyncLocalStorage } from 'node:async_hooks'
import { createReadStream, mkdirSync } from 'node:fs'
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { FileStore } from '@tus/file-store'
import { Upload } from '@tus/server'
import { OAuthError } from '../../errors/oauth.ts'
import type { Store } from '../../store/contract/store.ts'
import { found } from '../content/folder.ts'
import { searchedBytes } from '../processing/file-type.ts'
import { pour } from './append.ts'
import { type Checksum, checkDigest, hashFor } from './checksum.ts'
import { typeCheckOf } from './sniff.ts'

/** Files on their way in: the bytes in a folder, by id, and all that is known of them in the store. */
export class Incoming extends FileStore {
  readonly #workshop: string
  readonly #store: Store
  // The tus server calls `write` without the request that it is for.
  readonly #expected = new AsyncLocalStorage<Checksum | undefined>()

  /** @param workshop where bytes that are still to be checked lie, a folder that is emptied at every start */
  constructor(directory: string, workshop: string, store: Store) {
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
    this.#workshop = workshop
    this.#store = store
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

  /** Does something within which all that is written must match a checksum, if there is one. */
  expecting<T>(checksum: Checksum | undefined, work: () => Promise<T>): Promise<T> {
    return this.#expected.run(checksum, work)
  }

  /**
   * Appends bytes and answers the new offset; what has arrived is on the disk even when the rest does not come.
   * @throws OAuthError 422 when this is no file of the kind wanted, and then there is no such upload any more; 460 when
   * the bytes do not match the checksum that is expected, and then none of them are appended
   */
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const checksum = this.#expected.getStore()
    return checksum === undefined
      ? this.#append(bytes, id, offset)
      : this.#appendChecked(bytes, checksum, id, offset)
  }

  async #append(bytes: Readable, id: string, offset: number): Promise<number> {
    const handle = await open(this.path(id), 'r+')
    try {
      return await pour(bytes, handle, offset, await this.#typeCheck(id, offset, handle))
    } catch (error) {
      if (error instanceof OAuthError && error.status === 422) {
        await this.#store.deleteUpload(id)
        await this.delete(id)
      }
      throw error
    } finally {
      await handle.sync()
      await handle.close()
    }
  }

  // What is appended counts, whatever happens next; so bytes are checked before, in a file that no start finds again.
  async #appendChecked(bytes: Readable, checksum: Checksum, id: string, offset: number): Promise<number> {
    const file = join(this.#workshop, `${id}.unchecked`)
    try {
      const hash = hashFor(checksum)
      const handle = await open(file, 'w')
      try {
        await pour(bytes, handle, 0, (chunk) => hash.update(chunk))
      } finally {
        await handle.close()
      }
      checkDigest(hash, checksum)
      return await this.#append(createReadStream(file), id, offset)
    } finally {
      await rm(file, { force: true })
    }
  }

  async #typeCheck(id: string, offset: number, handle: FileHandle): Promise<(chunk: Uint8Array) => void> {
    const upload = offset < searchedBytes ? await this.#store.findUpload(id) : undefined
    if (upload === undefined) return () => undefined
    const { buffer } = await handle.read(new Uint8Array(offset), 0, offset, 0)
    return typeCheckOf(upload, buffer)
  }
}
