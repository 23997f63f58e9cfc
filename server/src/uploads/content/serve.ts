import { Readable } from 'node:stream'
import { route as refuse } from '../../errors/oauth.ts'
import { refusedUpload } from '../../errors/upload.ts'
import { isKnown } from '../../http/conditional.ts'
import type { Reply, Request } from '../../http/message.ts'
import type { Instant, Store } from '../../store/contract/store.ts'
import { isCid } from './cid.ts'
import { countingPlay } from './count-play.ts'
import { filenameFor } from './filename.ts'
import { readRange } from './range.ts'
import { type ContentName, type ContentStore, imageName } from './store.ts'

export interface ServingDeps {
  readonly store: Store
  readonly clock: () => Instant
  readonly content: ContentStore
  /** Pictures that came with the software. */
  readonly samples: ContentStore
}

/**
 * `GET|HEAD /content/{cid}`: audio that something published refers to, in ranges. An original is not among it.
 * @throws OAuthError 404 for what is not published, 416
 */
export async function serveAudio(request: Request, deps: ServingDeps): Promise<Reply> {
  const { store, content } = deps
  const cid = request.path('cid')
  const file = isCid(cid) ? await store.findContent(cid) : undefined
  if (file === undefined || file.role === 'image') throw refuse.notFound()
  const reply = await answer(request, content, { cid, name: 'audio', type: file.type, headers: {} })
  if (file.role !== 'stream' || !(reply.body instanceof Readable)) return reply
  const size = (await content.size(cid, 'audio')) ?? 0
  return { ...reply, body: countingPlay(reply.body, { cid, size, address: request.address }, deps) }
}

/**
 * Answers audio of any role to save under a name (RFC 6266), in ranges; that it is offered is the caller's to know.
 * @throws OAuthError 404 for what is not published, 416
 */
export async function serveAttachment(
  request: Request,
  cid: string,
  filename: string,
  { store, content }: ServingDeps,
): Promise<Reply> {
  const file = isCid(cid) ? await store.findClaimed(cid) : undefined
  if (file === undefined || file.role === 'image') throw refuse.notFound()
  const headers = {
    'content-disposition': attachment(filenameFor(file.type, filename)),
    // Its address names a track, which may be changed, or offered no longer.
    'cache-control': 'no-cache',
    vary: 'Authorization',
  }
  return answer(request, content, { cid, name: 'audio', type: file.type, headers })
}

/** `GET|HEAD /content/{cid}/{size}.jpg`: an image that something published refers to, or a sample. */
export async function serveImage(request: Request, deps: ServingDeps): Promise<Reply> {
  const cid = request.path('cid')
  const name = imageName(request.path('file'))
  if (!isCid(cid) || name === undefined) throw refuse.notFound()
  const what = { cid, name, type: 'image/jpeg', headers: {} }
  if ((await deps.samples.size(cid, name)) !== undefined) return answer(request, deps.samples, what)
  if ((await deps.store.findContent(cid))?.role !== 'image') throw refuse.notFound()
  return answer(request, deps.content, what)
}

interface What {
  readonly cid: string
  readonly name: ContentName
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
}

async function answer(request: Request, content: ContentStore, what: What): Promise<Reply> {
  const { cid, name } = what
  const size = await content.size(cid, name)
  if (size === undefined) throw refuse.notFound()
  const etag = name === 'audio' ? `"${cid}"` : `"${cid}/${name}"`
  const headers = {
    'content-type': what.type,
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'accept-ranges': 'bytes',
    etag,
    ...what.headers,
  }
  if (isKnown(request, etag)) return { status: 304, headers, body: '' }
  // RFC 9110 §13.1.5: another version than the one a range is for is answered whole.
  const isSame = (request.header('if-range') ?? etag) === etag
  // RFC 9110 §14.2: a range is defined for GET alone.
  const range = isSame && request.method === 'GET' ? readRange(request.header('range'), size) : null
  if (range === 'outside') throw refusedUpload.range(size)
  const { first, last } = range ?? { first: 0, last: size - 1 }
  const length = { 'content-length': String(last - first + 1) }
  const partial = range === null ? {} : { 'content-range': `bytes ${first}-${last}/${size}` }
  return {
    status: range === null ? 200 : 206,
    headers: { ...headers, ...length, ...partial },
    body: request.method === 'HEAD' ? '' : content.read(cid, name, first, last),
  }
}

// RFC 6266 §4.3: a name, never a path; the plain form is for those that do not read RFC 8187.
function attachment(filename: string): string {
  const name = filename.replace(/[/\\\p{C}\p{Zl}\p{Zp}]/gu, '_')
  const plain = name.replace(/[^\w .()-]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
