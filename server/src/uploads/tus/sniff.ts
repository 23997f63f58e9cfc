import { refusedUpload } from '../../errors/upload.ts'
import type { Upload } from '../../store/contract/store.ts'
import { checkType, wantedFor } from '../processing/file-type.ts'

/**
 * Tells what an upload is as soon as enough of it is there.
 * @param before the bytes that came in earlier requests
 * @returns what is told of every chunk before it is stored; it throws OAuthError 422 when this is no file of the kind wanted
 */
export function typeCheckOf(
  { template, length }: Pick<Upload, 'template' | 'length'>,
  before: Uint8Array,
): (chunk: Uint8Array) => void {
  const wanted = wantedFor(template)
  let head: Uint8Array | null = before
  if (checkType(wanted, head, length) !== undefined) head = null
  return (chunk) => {
    if (head === null) return
    head = Buffer.concat([head, chunk])
    const verdict = checkType(wanted, head, length)
    if (verdict === undefined) return
    head = null
    if ('refusal' in verdict) throw refusedUpload.wrongType(verdict.refusal.message)
  }
}
