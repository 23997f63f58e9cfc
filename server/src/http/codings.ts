import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import Negotiator from 'negotiator'
import { unlessKnown } from './conditional.ts'
import { loadOnce } from './load-once.ts'
import type { Reply, Request } from './message.ts'

/** An answer of bytes, by whose tag a browser knows them again. */
export interface Tagged extends Reply {
  readonly headers: Reply['headers'] & { readonly etag: string }
  readonly body: Uint8Array
}

const text = /^(?:text\/|application\/json|image\/svg\+xml)/
/** Bytes below which a coding saves nothing worth its headers. */
const shortest = 1024
/** Bytes above which the best that Brotli can do takes seconds. */
const longest = 100_000

const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)]

const codings = {
  br: (bytes: Uint8Array) =>
    toBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: bytes.length > longest ? 5 : 11 } }),
  gzip: (bytes: Uint8Array) => toGzip(bytes, { level: 9 }),
}
/** The shortest first. */
const known = ['br', 'gzip'] as const

/**
 * Answers the same bytes to everybody, in the coding that a browser takes (RFC 9110 §8.4.1): each is made once, with its first
 * request. For what holds no secret alone, as the length of compressed bytes tells of what is in them.
 */
export function inCodings(reply: Tagged): (request: Request) => Reply | Promise<Reply> {
  const isWorthIt = reply.body.length >= shortest && text.test(reply.headers['content-type'] ?? '')
  if (!isWorthIt) return (request) => unlessKnown(reply, request)
  const plain = { ...reply, headers: { ...reply.headers, vary: 'accept-encoding' } }
  const of = (coding: keyof typeof codings) =>
    loadOnce(async () => {
      const etag = reply.headers.etag.replace(/"$/, `-${coding}"`)
      const headers = { ...plain.headers, etag, 'content-encoding': coding }
      return { ...plain, headers, body: await codings[coding](reply.body) }
    })
  const coded = { br: of('br'), gzip: of('gzip') }
  return async (request) => {
    const taken = takenBy(request)
    const coding = known.find((each) => taken.includes(each))
    return unlessKnown(coding === undefined ? plain : await coded[coding](), request)
  }
}

function takenBy(request: Request): readonly string[] {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': request.header('accept-encoding') } })
  return negotiator.encodings([...known])
}
