import { type Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { OAuthError } from '../../errors/oauth.ts'

const isFull: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT'])

/** What takes bytes at a position, such as a file. */
export interface Sink {
  write(
    chunk: Uint8Array,
    at: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>
}

/**
 * Writes a stream into a file, from a position on.
 * @param inspect is shown each chunk before it is written; what it throws ends it
 * @param full what it ends with when the disk is full
 * @returns the position after the last byte
 */
export async function pour(
  bytes: Readable,
  file: Sink,
  position: number,
  inspect: (chunk: Uint8Array) => void,
  full: () => OAuthError,
): Promise<number> {
  let end = position
  const append = async (chunk: Uint8Array) => {
    inspect(chunk)
    for (let at = 0; at < chunk.length; ) {
      const { bytesWritten } = await file.write(chunk, at, chunk.length - at, end)
      at += bytesWritten
      end += bytesWritten
    }
    free(chunk)
  }
  // Not `for await`: it joins chunks that wait, and what they were joined from piles up as garbage.
  const sink = new Writable({
    write: (chunk: Uint8Array, _encoding, done) =>
      // The error is final here: whoever waits for the stream may see it before whoever called this.
      void append(chunk).then(
        () => done(),
        (error: unknown) => done(inWords(error, full)),
      ),
  })
  await pipeline(bytes, sink)
  return end
}

function inWords(error: unknown, full: () => OAuthError): Error {
  if (!(error instanceof Error)) return new Error('Writing failed')
  return 'code' in error && isFull.has(error.code) ? full() : error
}

// Written chunks are garbage of which the collector sees little: freed by hand, they do not pile up to 64 MB.
function free({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
