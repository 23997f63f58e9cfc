import type { IncomingMessage } from 'node:http'
import { badBody } from '../errors/oauth.ts'
import { hasBody } from './unread-body.ts'

const nothing = new Uint8Array()

/**
 * Reads the body of a request.
 * @param most bytes that it may have
 * @throws OAuthError 413 when it is longer, 400 when its sender has gone in the middle of it
 */
export function readBody(received: IncomingMessage, most: number): Uint8Array | Promise<Uint8Array> {
  if (!hasBody(received)) return nothing
  if (Number(received.headers['content-length']) > most) throw badBody.tooLarge()
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = []
    let length = 0
    const take = (part: Uint8Array) => {
      length += part.length
      parts.push(part)
      if (length > most) end(() => reject(badBody.tooLarge()))
    }
    const all = () => end(() => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)))
    const gone = () => end(() => reject(badBody.notWhole()))
    const end = (then: () => void) => {
      received.off('data', take).off('end', all).off('error', gone).off('close', gone)
      then()
    }
    received.on('data', take).on('end', all).on('error', gone).on('close', gone)
  })
}
