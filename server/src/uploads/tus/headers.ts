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

const exposed = [
  'WWW-Authenticate',
  'Retry-After',
  'X-Request-Id',
  'Location',
  'Tus-Checksum-Algorithm',
  'Tus-Extension',
  'Tus-Max-Size',
  'Tus-Resumable',
  'Tus-Version',
  'Upload-Expires',
  'Upload-Length',
  'Upload-Metadata',
  'Upload-Offset',
]

/** What every answer of the tus door carries. */
export const tusHeaders: Readonly<Record<string, string>> = {
  'tus-resumable': version,
  'access-control-expose-headers': exposed.join(', '),
}

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
export const optionsOfTus = (maxBytes: number): Reply => ({
  status: 204,
  headers: {
    ...tusHeaders,
    'tus-version': version,
    'tus-extension': 'creation,creation-with-upload,expiration,termination,checksum',
    'tus-checksum-algorithm': checksumAlgorithms,
    'tus-max-size': String(maxBytes),
    'access-control-allow-methods': 'POST, HEAD, PATCH, DELETE, OPTIONS',
    'access-control-allow-headers':
      'Authorization, Content-Type, Tus-Resumable, Upload-Checksum, Upload-Length, Upload-Metadata, Upload-Offset, X-Request-Id, X-Requested-With',
    'access-control-max-age': '86400',
  },
  body: '',
})
