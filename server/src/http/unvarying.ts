import { Readable } from 'node:stream'
import { inCodings } from './codings.ts'
import { etagOf } from './conditional.ts'
import type { Reply, Request } from './message.ts'

/**
 * Answers what is the same for everybody: made once, so that answering it on many connections holds its bytes once, and not
 * sent again to whoever has it.
 */
export function unvarying(make: () => Reply): (request: Request) => Reply | Promise<Reply> {
  let answer: ReturnType<typeof inCodings> | undefined
  return (request) => {
    answer ??= answerWith(make())
    return answer(request)
  }
}

function answerWith(reply: Reply): ReturnType<typeof inCodings> {
  const { body } = reply
  if (body instanceof Readable) throw new Error('A stream can be sent once only.')
  const headers = { 'cache-control': 'no-cache', ...reply.headers, etag: etagOf(body) }
  return inCodings({ ...reply, headers, body: typeof body === 'string' ? Buffer.from(body) : body })
}
