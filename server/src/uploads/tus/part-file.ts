import { type FileHandle, open, rm } from 'node:fs/promises'
import type { Sink } from './append.ts'

/** Bytes of a part; no more than this of what a sender has sent is lost with a node that dies. */
const partBytes = 8 * 1024 * 1024

/** A file that holds one part of an upload after the other. */
export class PartFile implements Sink {
  readonly #place: string
  readonly #handle: FileHandle
  readonly #keep: (start: number, end: number) => Promise<void>
  #start: number
  #kept: number
  #end: number
  #isBroken = false

  private constructor(place: string, handle: FileHandle, start: number, offset: number, keep: Keep) {
    this.#place = place
    this.#handle = handle
    this.#keep = keep
    this.#start = start
    this.#kept = offset
    this.#end = offset
  }

  /**
   * Opens it for the bytes from an offset on.
   * @param start where the part begins that they belong to, whose bytes up to the offset lie in the file already
   * @param keep puts away what lies in the file, the bytes from one position to another
   */
  static async open(place: string, start: number, offset: number, keep: Keep): Promise<PartFile> {
    return new PartFile(place, await open(place, start === offset ? 'w' : 'r+'), start, offset, keep)
  }

  async write(chunk: Uint8Array, at: number, length: number, position: number) {
    const written = await this.#handle.write(chunk, at, length, position - this.#start)
    this.#end = position + written.bytesWritten
    if (this.#end - this.#start >= partBytes) {
      await this.flush()
      this.#start = this.#end
      await this.#handle.truncate(0)
    }
    return written
  }

  /** Puts away what came since the last time, unless that failed before. */
  async flush(): Promise<void> {
    if (this.#isBroken || this.#end === this.#kept) return
    this.#isBroken = true
    await this.#keep(this.#start, this.#end)
    this.#isBroken = false
    this.#kept = this.#end
  }

  async close(): Promise<void> {
    await this.#handle.close()
    await rm(this.#place, { force: true })
  }
}

type Keep = (start: number, end: number) => Promise<void>
