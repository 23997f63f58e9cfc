import { open, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { badBody } from '../errors/oauth.ts'
import { mostBytes } from '../limits.ts'

/** A file that came with a form; it lies where it was put until `discard`. */
export interface SentFile {
  readonly field: string
  readonly path: string
  readonly bytes: number
  /** It was larger than a file may be, and nothing of it was kept. */
  readonly isTooLarge: boolean
}

/** What a form held. */
export interface Multipart {
  readonly fields: readonly (readonly [string, string])[]
  readonly files: readonly SentFile[]
}

/** Where the files of a form go, and what decides whether one is kept. */
export interface Keeping {
  /** Where the next file is to lie; null to read over files. */
  readonly place: (() => string) | null
  /** Bytes of the largest file. */
  readonly most: number
  /** How many files there may be, and how many milliseconds all of it may take, where not as for pictures. */
  readonly files?: number
  readonly timeoutMs?: number
  /** Throws unless a file may be kept after these fields. */
  readonly check: (fields: Multipart['fields']) => void
}

/** How long a form may take to arrive, in milliseconds. */
const formTimeoutMs = 5 * 60_000
const limits = {
  fields: 50,
  fieldNameSize: 100,
  // As long as a whole form without files may be: the redirect URIs of an app are one field.
  fieldSize: mostBytes.body,
  files: 4,
  parts: 54,
  headerPairs: 20,
  headerSize: 8 * 1024,
}
/** Bytes of all that is no file. */
const room = 1024 * 1024

/**
 * Reads a body of `multipart/form-data` (RFC 7578) as it arrives. A field after which a file may be kept must come before it.
 * @throws OAuthError 400, 408, 413, 415, and what `check` throws; nothing is kept then
 */
export async function readMultipart(
  contentType: string,
  body: Readable,
  keeping: Keeping,
): Promise<Multipart> {
  const { files: mostFiles = limits.files, timeoutMs = formTimeoutMs } = keeping
  const parser = parserOf(contentType, mostFiles)
  const fields: [string, string][] = []
  const files: Promise<SentFile | undefined>[] = []
  const streams: Readable[] = []
  try {
    await arrive(body, parser, { bytes: keeping.most * mostFiles + room, timeoutMs }, (fail) => {
      parser.on('field', (name, value, isNameCut, isValueCut) => {
        if (isNameCut || isValueCut) fail(badBody.formTooLarge())
        fields.push([name, value])
      })
      parser.on('file', (field, stream, filename) => {
        streams.push(stream)
        const isChosen = filename !== undefined && filename !== ''
        try {
          if (isChosen && keeping.place !== null) {
            keeping.check(fields)
            const file = keep(field, stream, keeping.place(), keeping.most)
            file.catch(fail)
            files.push(file)
          } else stream.resume()
        } catch (error) {
          fail(error)
        }
      })
      for (const event of ['fieldsLimit', 'filesLimit', 'partsLimit'])
        parser.on(event, () => fail(badBody.formTooLarge()))
    })
    const kept = await Promise.all(files)
    return { fields, files: kept.filter((file) => file !== undefined) }
  } catch (error) {
    for (const stream of streams) stream.on('error', () => undefined).destroy()
    const kept = await Promise.allSettled(files)
    await discard(kept.flatMap((file) => (file.status === 'fulfilled' && file.value ? [file.value] : [])))
    throw error
  }
}

/** Removes files of a form that nothing took over. */
export async function discard(files: readonly SentFile[]): Promise<void> {
  for (const { path } of files) await rm(path, { force: true })
}

function parserOf(contentType: string, files: number): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: { ...limits, files } })
  } catch {
    // It names no boundary.
    throw badBody.notWholeForm()
  }
}

// Not `pipeline`: it would end the connection before whoever sent the form has read what is wrong.
function arrive(
  body: Readable,
  parser: BusboyInstance,
  most: { readonly bytes: number; readonly timeoutMs: number },
  listen: (fail: (error: unknown) => void) => void,
): Promise<void> {
  let arrived = 0
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const late = setTimeout(() => reject(badBody.late()), most.timeoutMs)
  const count = (chunk: Uint8Array) => {
    arrived += chunk.length
    if (arrived > most.bytes) reject(badBody.formTooLarge())
  }
  const cut = () => reject(badBody.notWholeForm())
  const closed = () => {
    // It is closed as well when all of it has arrived, and its files are still being written.
    if (!body.readableEnded) cut()
  }
  listen(reject)
  parser.on('finish', resolve)
  parser.on('error', cut)
  body.on('data', count).on('error', cut).on('close', closed)
  body.pipe(parser)
  return promise.finally(() => {
    clearTimeout(late)
    body.unpipe(parser).off('data', count).off('close', closed)
    parser.destroy()
  })
}

// The parser's own limit for files leaves the stream of one that is larger without an end.
async function keep(
  field: string,
  stream: Readable,
  path: string,
  most: number,
): Promise<SentFile | undefined> {
  const file = await open(path, 'wx')
  let bytes = 0
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('A file is bytes')
      bytes += chunk.length
      if (bytes <= most) await file.appendFile(chunk)
    }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
  const isTooLarge = bytes > most
  if (isTooLarge || bytes === 0) await rm(path, { force: true })
  return bytes > 0 ? { field, path, bytes, isTooLarge } : undefined
}
