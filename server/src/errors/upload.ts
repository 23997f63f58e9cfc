import { OAuthError } from './oauth.ts'
import { rateLimitFields } from './rate-limit-fields.ts'

const bad = (description: string) => new OAuthError(400, 'invalid_request', description)
const gone = () => new OAuthError(410, 'not_found', 'This upload has expired. Start it again.')

/** What uploads are refused with (tus 1.0). */
export const refusedUpload = {
  version: () =>
    new OAuthError(412, 'invalid_request', 'Send Tus-Resumable: 1.0.0, the version spoken here.', {
      headers: { 'tus-version': '1.0.0' },
    }),
  concatenation: () => bad('Uploads cannot be concatenated here. Send the file as one upload.'),
  checksum: () => bad('Upload-Checksum must be sha1 or sha256, a space, and the digest in base64.'),
  // Tus has a status of its own for this.
  mismatch: () =>
    new OAuthError(
      460,
      'invalid_request',
      'The bytes do not match Upload-Checksum, so none of them were kept. Send them again.',
    ),
  wrongType: (words: string) => new OAuthError(422, 'invalid_request', words),
  length: () =>
    bad('Upload-Length must be the whole length of the file in bytes, from 1, known at the start.'),
  form: () =>
    new OAuthError(
      415,
      'invalid_request',
      'Files are sent by tus 1.0, not in a form: use the SDK or any client of tus.',
    ),
  empty: () => bad('The file is empty: it has no bytes.'),
  offset: () => bad('Upload-Offset must be a whole number of bytes.'),
  metadata: (what: string) => bad(`Upload-Metadata is not as it must be: ${what}.`),
  contentType: () =>
    new OAuthError(415, 'invalid_request', 'Send the bytes as application/offset+octet-stream.'),
  tooLarge: (bytes: number) =>
    new OAuthError(413, 'invalid_request', `The file is larger than the ${bytes} bytes allowed here.`),
  tooLong: () => new OAuthError(413, 'invalid_request', 'More bytes were sent than Upload-Length declared.'),
  tooMany: (most: number, seconds: number) =>
    new OAuthError(429, 'too_many_requests', 'Too many uploads are open. Finish or delete some first.', {
      headers: rateLimitFields({ name: 'open-uploads', quota: most, windowSeconds: seconds }, 60),
    }),
  quota: () =>
    new OAuthError(
      413,
      'quota_exceeded',
      'The open uploads would be larger than allowed. Finish some first.',
    ),
  busy: () =>
    new OAuthError(
      503,
      'temporarily_unavailable',
      'The server is working on as many pictures as it can. Wait a few seconds, then try again.',
    ),
  diskFull: () =>
    new OAuthError(507, 'temporarily_unavailable', 'The server has no room for this now. Try again later.'),
  fullHere: () =>
    new OAuthError(
      503,
      'temporarily_unavailable',
      'This node has no room for bytes now. Ask again: another may have it.',
      { headers: { 'retry-after': '1' } },
    ),
  elsewhere: () =>
    new OAuthError(
      503,
      'temporarily_unavailable',
      'Another node has the bytes of this upload. Ask again; a proxy should send /files/ to one node.',
      { headers: { 'retry-after': '1' } },
    ),
  notFound: () => new OAuthError(404, 'not_found', 'There is no such upload.'),
  gone,
  otherOffset: () =>
    new OAuthError(409, 'invalid_request', 'Upload-Offset is not where the upload stands. Ask with HEAD.'),
  claimed: () =>
    new OAuthError(409, 'invalid_request', 'This upload is published already. Delete what was made of it.'),
  locked: () =>
    new OAuthError(
      423,
      'invalid_request',
      'Another request is sending bytes to this upload. Try again shortly.',
    ),
  aborted: () => bad('The bytes ended early. Ask with HEAD how many have arrived.'),
  range: (size: number) =>
    new OAuthError(416, 'invalid_request', 'The range is not within the file.', {
      headers: { 'content-range': `bytes */${size}`, 'accept-ranges': 'bytes' },
    }),
} as const
