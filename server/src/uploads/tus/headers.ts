import { preflight } from '../../http/cors.ts'
import type { Reply, Request } from '../../http/message.ts'
import { checksumAlgorithms } from './checksum.ts'

/** The only version of tus there is. */
export const version = '1.0.0'

const read = [
  'content-length',
  'content-type',
  'tus-resumable',
  'upload-length',
  'upload-metadata',
  'upload-offset',
] as const

/** What every answer of the tus routes carries. */
export const tusHeaders: Readonly<Record<string, string>> = { 'tus-resumable': version }

/** The headers of a request that tus knows, and no others. */
export function headersOf(request: Request): Headers {
  const headers = new Headers()
  for (const name of read) {
    const value = request.header(name)
    if (value !== undefined) headers.set(name, value)
  }
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
