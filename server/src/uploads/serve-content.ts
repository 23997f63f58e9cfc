import { route as refuse } from '../errors.ts'
import type { Reply, Request } from '../message.ts'
import type { Store } from '../store/store.ts'
import { refusedUpload } from '../upload-errors.ts'
import { isCid } from './cid.ts'
import { type ContentName, type ContentStore, imageName } from './content-store.ts'
import { readRange } from './range.ts'

export interface ServingDeps {
  readonly store: Store
  readonly content: ContentStore
  /** Pictures that came with the software. */
  readonly samples: ContentStore
}

/** `GET|HEAD /content/{cid}`: audio that something published stands on. */
export async function serveAudio(request: Request, deps: ServingDeps): Promise<Reply> {
  return audioReply(request, request.path('cid'), deps)
}

/**
 * Answers audio by its CID, in ranges.
 * @param filename makes it an attachment to save under this name (RFC 6266)
 * @throws OAuthError 404 for what is not published, 416
 */
export async function audioReply(
  request: Request,
  cid: string,
  { store, content }: ServingDeps,
  filename?: string,
): Promise<Reply> {
  const file = isCid(cid) ? await store.findContent(cid) : undefined
  if (file === undefined || file.role === 'image') throw refuse.notFound()
  const headers = filename === undefined ? {} : { 'content-disposition': attachment(filename) }
  return answer(request, content, { cid, name: 'audio', type: file.type, headers })
}

/** `GET|HEAD /content/{cid}/{size}.jpg`: an image that something published stands on, or a sample. */
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
    'access-control-expose-headers': 'Accept-Ranges, Content-Length, Content-Range, ETag',
    'accept-ranges': 'bytes',
    etag,
    ...what.headers,
  }
  if (matches(request.header('if-none-match'), etag)) return { status: 304, headers, body: '' }
  // RFC 9110 §13.1.5: another version than the one a range is for is answered whole.
  const isSame = (request.header('if-range') ?? etag) === etag
  const range = isSame ? readRange(request.header('range'), size) : null
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

function matches(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes(etag) || tags.includes('*')
}

function attachment(filename: string): string {
  const plain = filename.replace(/[^\w .()-]/g, '_')
  const encoded = encodeURIComponent(filename).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
