import { createHash, type Hash } from 'node:crypto'
import { refusedUpload } from '../../errors/upload.ts'

const digestBytes: ReadonlyMap<string, number> = new Map([
  ['sha1', 20],
  ['sha256', 32],
])

/** What bodies can be checked by, as `Tus-Checksum-Algorithm` lists it. */
export const checksumAlgorithms = [...digestBytes.keys()].join(',')

/** What the bytes of one request must come to. */
export interface Checksum {
  readonly algorithm: string
  readonly digest: Buffer
}

/** Reads an Upload-Checksum header (tus 1.0, checksum); `undefined` when there is none. @throws OAuthError 400 */
export function readChecksum(header: string | undefined): Checksum | undefined {
  if (header === undefined) return undefined
  const [, algorithm = '', base64 = ''] = /^([a-z0-9]+) ([A-Za-z0-9+/]+={0,2})$/.exec(header) ?? []
  const digest = Buffer.from(base64, 'base64')
  if (digest.length !== digestBytes.get(algorithm)) throw refusedUpload.checksum()
  return { algorithm, digest }
}

export const hashFor = ({ algorithm }: Checksum): Hash => createHash(algorithm)

/** @throws OAuthError 460 when other bytes have come than were sent */
export function checkDigest(hash: Hash, { digest }: Checksum): void {
  if (!hash.digest().equals(digest)) throw refusedUpload.mismatch()
}
