import { mkdirSync } from 'node:fs'
import { open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Upload as TusUpload } from '@tus/server'
import { refusedUpload } from '../../errors/upload.ts'
import type { Store, Upload } from '../../store/contract/store.ts'
import { flush, found } from '../content/folder.ts'
import { pour } from './append.ts'
import { Incoming, type Inspect } from './incoming.ts'

/** Files on their way in that lie in a folder of this node, by id. */
export class FolderIncoming extends Incoming {
  readonly isShared = false
  readonly #directory: string

  constructor(directory: string, workshop: string, store: Store) {
    mkdirSync(directory, { recursive: true })
    super(store, workshop)
    this.#directory = directory
  }

  path(id: string): string {
    return join(this.#directory, id)
  }

  needs(bytes: number, freeBytes: number): number {
    return bytes + freeBytes
  }

  readonly full = refusedUpload.diskFull

  override async create(upload: TusUpload): Promise<TusUpload> {
    await writeFile(this.path(upload.id), '')
    return upload
  }

  async fetch({ id }: Upload): Promise<string> {
    return this.path(id)
  }

  async size({ id }: Pick<Upload, 'id'>): Promise<number | undefined> {
    return (await found(stat(this.path(id))))?.size
  }

  async isWhole(upload: Upload): Promise<boolean> {
    if ((await this.size(upload)) !== upload.length) return false
    await flush(this.path(upload.id))
    return true
  }

  protected async head(id: string, bytes: number): Promise<Uint8Array> {
    const handle = await open(this.path(id), 'r')
    try {
      return (await handle.read(new Uint8Array(bytes), 0, bytes, 0)).buffer
    } finally {
      await handle.close()
    }
  }

  protected async append(bytes: Readable, id: string, offset: number, inspect: Inspect): Promise<number> {
    const handle = await open(this.path(id), 'r+')
    try {
      return await pour(bytes, handle, offset, inspect, this.full)
    } finally {
      await handle.sync()
      await handle.close()
    }
  }

  async delete(id: string): Promise<void> {
    await rm(this.path(id), { force: true })
  }

  list(): Promise<readonly string[]> {
    return readdir(this.#directory)
  }
}
