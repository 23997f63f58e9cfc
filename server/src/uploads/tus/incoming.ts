import { AsyncLocalStorage } from 'node:async_hooks'
import { createReadStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { DataStore, ERRORS, Upload as TusUpload } from '@tus/server'
import { OAuthError } from '../../errors/oauth.ts'
import type { Store, Upload } from '../../store/contract/store.ts'
import { searchedBytes } from '../processing/file-type.ts'
import { pour } from './append.ts'
import { type Checksum, checkDigest, hashFor } from './checksum.ts'
import { typeCheckOf } from './sniff.ts'

/** Is shown each chunk before it is written; what it throws ends the request. */
export type Inspect = (chunk: Uint8Array) => void

/** Files on their way in: their bytes by id, and all that is known of them in the store. */
export abstract class Incoming extends DataStore {
  /** Whether every node can take on what another has begun. */
  abstract readonly isShared: boolean
  protected readonly store: Store
  protected readonly workshop: string
  // The tus server calls `write` without the request that it is for.
  readonly #expected = new AsyncLocalStorage<Checksum | undefined>()

  /** @param workshop where bytes that are still to be checked lie, a folder that is emptied at every start */
  constructor(store: Store, workshop: string) {
    super()
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration']
    this.store = store
    this.workshop = workshop
  }

  /** Bytes that must be free on the disk of this node for it to take some more, of which the operator wants some left free. */
  abstract needs(bytes: number, freeBytes: number): number
  /** What bytes are refused with when this node has no room for them. */
  abstract readonly full: () => OAuthError
  /** Where a file that is on this machine already is to lie, so that a restart finds it; its id has been made here. */
  abstract path(id: string): string
  /** Where the bytes of a whole upload are to be read: at `place` if they were brought there. */
  abstract fetch(upload: Upload, place: string): Promise<string>
  /** The bytes that have arrived; `undefined` when there is nothing of it. */
  protected abstract size(upload: Upload): Promise<number | undefined>
  /** Whether all bytes have arrived and outlive a power cut. */
  abstract isWhole(upload: Upload): Promise<boolean>
  /** The first bytes, which have arrived. */
  protected abstract head(id: string, bytes: number): Promise<Uint8Array>
  /** Appends bytes and answers the new offset; what has arrived is kept even when the rest does not come. */
  protected abstract append(bytes: Readable, id: string, offset: number, inspect: Inspect): Promise<number>
  abstract delete(id: string): Promise<void>
  /** The ids of all there is anything of. */
  abstract list(): Promise<readonly string[]>

  override async getUpload(id: string): Promise<TusUpload> {
    const upload = await this.store.findUpload(id)
    if (upload === undefined) throw ERRORS.FILE_NOT_FOUND
    const offset = await this.size(upload)
    if (offset === undefined) throw ERRORS.FILE_NO_LONGER_EXISTS
    const { filename, template } = upload
    return new TusUpload({ id, size: upload.length, offset, metadata: { filename, template } })
  }

  /** Does something within which all that is written must match a checksum, if there is one. */
  expecting<T>(checksum: Checksum | undefined, work: () => Promise<T>): Promise<T> {
    return this.#expected.run(checksum, work)
  }

  /**
   * Appends bytes and answers the new offset; what has arrived is kept even when the rest does not come.
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
    try {
      return await this.append(bytes, id, offset, await this.#typeCheck(id, offset))
    } catch (error) {
      if (error instanceof OAuthError && error.status === 422) {
        await this.store.deleteUpload(id)
        await this.delete(id)
      }
      throw error
    }
  }

  // What is appended counts, whatever happens next; so bytes are checked before, in a file that no start finds again.
  async #appendChecked(bytes: Readable, checksum: Checksum, id: string, offset: number): Promise<number> {
    const file = join(this.workshop, `${id}.unchecked`)
    try {
      const hash = hashFor(checksum)
      const handle = await open(file, 'w')
      try {
        await pour(bytes, handle, 0, (chunk) => hash.update(chunk), this.full)
      } finally {
        await handle.close()
      }
      checkDigest(hash, checksum)
      return await this.#append(createReadStream(file), id, offset)
    } finally {
      await rm(file, { force: true })
    }
  }

  async #typeCheck(id: string, offset: number): Promise<Inspect> {
    const upload = offset < searchedBytes ? await this.store.findUpload(id) : undefined
    return upload === undefined ? () => undefined : typeCheckOf(upload, await this.head(id, offset))
  }
}
