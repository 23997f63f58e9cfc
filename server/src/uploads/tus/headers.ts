import { preflight } from '../../http/cors.ts'
import type { Reply, Request } from '../../http/message.ts'
import { mediaTypeOf } from '../../http/params.ts'
import { checksumAlgorithms } from './checksum.ts'

/** The only version of tus there is. */
export const version = '1.0.0'

/** The media type of bytes on their way. */
export const bytesType = 'application/offset+octet-stream'

// The length of a file is told once, when it is announced.
const read = ['content-length', 'tus-resumable', 'upload-offset'] as const
const readOfCreation = [...read, 'upload-length', 'upload-metadata'] as const

/** What every answer of the tus routes carries. */
export const tusHeaders: Readonly<Record<string, string>> = { 'tus-resumable': version }

/** The headers of a request that tus knows, and no others. */
export function headersOf(request: Request, isCreation: boolean): Headers {
  const headers = new Headers()
  for (const name of isCreation ? readOfCreation : read) {
    const value = request.header(name)
    if (value !== undefined) headers.set(name, value)
  }
  const type = request.header('content-type')
  if (type !== undefined) headers.set('content-type', mediaTypeOf(type))
  return headers
}

/** Answers OPTIONS: what is supported, and the CORS preflight of any origin. */
export function optionsOfTus(request: Request, maxBytes: number): Reply {
  const { headers, ...answer } = preflight(request, methods)
  return {
    ...answer,
    headers: {
      ...headers,
      ...tusHeaders,
      'tus-version': version,
      'tus-extension': 'creation,creation-with-upload,expiration,termination,checksum',
      'tus-checksum-algorithm': checksumAlgorithms,
      'tus-max-size': String(maxBytes),
    },
  }
}

const methods = ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS']
