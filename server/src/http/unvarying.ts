import { Readable } from 'node:stream'
import { etagOf, unlessKnown } from './conditional.ts'
import { asBytes, type Reply, type Request } from './message.ts'

/**
 * Answers what is the same for everybody: made once, so that answering it on many connections holds its bytes once, and not
 * sent again to whoever has it.
 */
export function unvarying(make: () => Reply): (request: Request) => Reply {
  let kept: Reply | undefined
  return (request) => {
    kept ??= tagged(asBytes(make()))
    return unlessKnown(kept, request)
  }
}

const tagged = (reply: Reply): Reply =>
  reply.body instanceof Readable
    ? reply
    : { ...reply, headers: { 'cache-control': 'no-cache', ...reply.headers, etag: etagOf(reply.body) } }
