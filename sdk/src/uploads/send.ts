import { monotonic } from '../durations.ts'
import { failure } from '../errors/errors.ts'
import { originOf } from '../http/url.ts'
import { base64url } from '../protocol/pkce.ts'
import type { UploadControl } from './control.ts'
import { PIECE_WITHIN } from './durations.ts'
import type { OpenFile } from './file.ts'
import type { UploadPlace, UploadRecord } from './record.ts'
import type { UploadRequest } from './request.ts'

/** Bytes of one request: as many as go through in about a second, so that progress shows and little is sent twice. */
const SMALLEST = 256 * 1024
const LARGEST = 8 * 1024 * 1024

/** What sending works with. */
export interface Sending {
  readonly file: OpenFile
  readonly metadata: Readonly<Record<string, string>>
  readonly record: UploadRecord
  readonly control: UploadControl
  readonly request: UploadRequest
  /** Finds where to create an upload. */
  findNode(): Promise<string>
  onLoaded(bytes: number): void
}

const base64 = (text: string) => {
  const utf8 = encodeURIComponent(text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD')).replace(/%(..)/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  const digits = base64url(Uint8Array.from(utf8, (character) => character.charCodeAt(0)))
  return digits
    .replace(/-/g, '+')
    .replace(/_/g, '/')
    .padEnd(Math.ceil(digits.length / 4) * 4, '=')
}

/** Writes metadata as tus 1.0 does (creation extension). */
const writeMetadata = (metadata: Readonly<Record<string, string>>) =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join()

function resolved(location: string, node: string): string {
  if (originOf(location)) return location
  return location.startsWith('/') ? `${originOf(node)}${location}` : `${node}/files/${location}`
}

function offsetIn(written: string | null): number {
  if (!written || !/^\d{1,15}$/.test(written)) throw failure('invalid_answer')
  return Number(written)
}

/** Creates an upload (tus 1.0, creation) and remembers where. */
async function create({ file, metadata, record, request, findNode }: Sending): Promise<UploadPlace> {
  const node = await findNode()
  const answer = await request(`${node}/files/`, {
    method: 'POST',
    headers: { 'upload-length': String(file.size), 'upload-metadata': writeMetadata(metadata) },
  })
  const location = answer.header('location')
  if (!location) throw failure('invalid_answer')
  const place = { node, url: resolved(location, node) }
  record.keep(place)
  return place
}

/** Where an upload stands on its server; null when it is not there any more, or another file's. */
async function offsetOf({ url }: UploadPlace, { file, request }: Sending): Promise<number | null> {
  const answer = await request(url, { method: 'HEAD', expected: [403, 404, 410] })
  if (answer.status >= 400 || answer.header('upload-length') !== String(file.size)) return null
  return offsetIn(answer.header('upload-offset'))
}

/** Sends a file, or what of it the server does not have yet, and answers where it is. */
export async function sendFile(sending: Sending): Promise<UploadPlace> {
  const { file, record, control, request, onLoaded } = sending
  let length = SMALLEST
  let place = record.find()
  let offset: number | null = null

  async function sendNext(from: UploadPlace, start: number): Promise<number> {
    const end = Math.min(start + length, file.size)
    const body = await file.read(start, end)
    const began = monotonic()
    length = Math.max(SMALLEST, length / 2)
    const answer = await control.interruptible((signal) =>
      request(from.url, {
        method: 'PATCH',
        headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(start) },
        body,
        signal,
        within: PIECE_WITHIN,
      }),
    )
    const took = monotonic() - began
    if (took < 2000) length = Math.min(LARGEST, length * (took < 500 ? 4 : 2))
    return offsetIn(answer.header('upload-offset'))
  }

  /** One request further. Answers how much has arrived, or null when that has to be asked. */
  async function step(): Promise<number | null> {
    const known = offset
    // Only an answer tells how much of a request has arrived.
    offset = null
    if (!place) {
      place = await create(sending)
      return 0
    }
    if (known !== null) return sendNext(place, known)
    const stands = await offsetOf(place, sending)
    if (stands === null) {
      record.forget()
      place = null
    }
    return stands
  }

  let most = 0
  for (;;) {
    offset = await control.persist(step)
    if (offset === null) continue
    if (offset > most) control.achieve()
    most = Math.max(most, offset)
    onLoaded(offset)
    if (place && offset === file.size) return place
  }
}
