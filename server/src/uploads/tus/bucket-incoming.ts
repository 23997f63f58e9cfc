import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Upload as TusUpload } from '@tus/server'
import type { Random } from '../../crypto/secret.ts'
import { refusedUpload } from '../../errors/upload.ts'
import type { Store, Upload, UploadPart } from '../../store/contract/store.ts'
import { pour } from './append.ts'
import type { FolderIncoming } from './folder-incoming.ts'
import { Incoming, type Inspect } from './incoming.ts'
import type { Writers } from './leases.ts'
import { PartFile } from './part-file.ts'
import type { Parts } from './parts.ts'

/** A part that is smaller is put anew with what follows it, so that many small requests leave few objects. */
const leastBytes = 256 * 1024
/** Bytes of the disk that parts need on their way through this node, some at a time: all else lies in the bucket. */
const partsRoom = 64 * 1024 * 1024

interface BucketDeps {
  readonly parts: Parts
  /** Files that are on this machine already, and are processed here. */
  readonly local: FolderIncoming
  readonly writers: Writers
  readonly store: Store
  readonly random: Random
}

/** Files on their way in that lie in a bucket as parts, which any node goes on with. */
export class BucketIncoming extends Incoming {
  readonly isShared = true
  readonly #deps: BucketDeps

  constructor(workshop: string, deps: BucketDeps) {
    super(deps.store, workshop)
    this.#deps = deps
  }

  path(id: string): string {
    return this.#deps.local.path(id)
  }

  needs(_bytes: number, freeBytes: number): number {
    return Math.min(freeBytes, partsRoom)
  }

  readonly full = refusedUpload.fullHere

  override async create(upload: TusUpload): Promise<TusUpload> {
    return upload
  }

  async fetch(upload: Upload, place: string): Promise<string> {
    if (upload.node !== undefined) return this.path(upload.id)
    await writeFile(place, this.#bytes(upload.id, await this.store.listParts(upload.id)))
    return place
  }

  async size({ received }: Upload): Promise<number> {
    return received
  }

  async isWhole({ received, length }: Upload): Promise<boolean> {
    return received === length
  }

  protected async head(id: string, bytes: number): Promise<Uint8Array> {
    if (bytes === 0) return new Uint8Array()
    const parts = (await this.store.listParts(id)).filter(({ start }) => start < bytes)
    return (await buffer(this.#bytes(id, parts))).subarray(0, bytes)
  }

  protected async append(bytes: Readable, id: string, offset: number, inspect: Inspect): Promise<number> {
    const place = join(this.workshop, `${id}.part`)
    const last = (await this.store.listParts(id)).at(-1)
    const begun = last !== undefined && last.bytes < leastBytes ? last : undefined
    if (begun) await pipeline(this.#deps.parts.read(id, begun.name), createWriteStream(place))
    const start = begun?.start ?? offset
    const file = await PartFile.open(place, start, offset, this.#keeper(id, place, offset, begun))
    try {
      const end = await pour(bytes, file, offset, inspect, this.full)
      await file.flush()
      return end
    } catch (error) {
      await file.flush()
      throw error
    } finally {
      await file.close()
    }
  }

  /** What puts away one part after the other, the first one in place of a small one that was there. */
  #keeper(id: string, place: string, offset: number, begun: UploadPart | undefined) {
    const { parts, random, writers } = this.#deps
    const writer = writers.writerOf(id)
    let from = offset
    let replaced = begun
    return async (start: number, end: number) => {
      // A name of its own: who was taken for dead cannot write over what another has put since.
      const name = `${start}.${Buffer.from(random(9)).toString('base64url')}`
      const part = { start, bytes: end - start, name }
      await parts.put(id, name, place, part.bytes)
      if (!(await this.store.addPart(id, writer, from, part))) {
        await parts.remove(id, name)
        throw (await this.store.findUpload(id)) === undefined ? refusedUpload.gone() : refusedUpload.locked()
      }
      from = end
      if (replaced) await parts.remove(id, replaced.name)
      replaced = undefined
    }
  }

  async *#bytes(id: string, parts: readonly UploadPart[]): AsyncGenerator<Uint8Array> {
    for (const { name } of parts) for await (const chunk of this.#deps.parts.read(id, name)) yield chunk
  }

  async delete(id: string): Promise<void> {
    await this.#deps.local.delete(id)
    await this.#deps.parts.removeAll(id)
  }

  async list(): Promise<readonly string[]> {
    return [...(await this.#deps.local.list()), ...(await this.#deps.parts.list())]
  }
}
