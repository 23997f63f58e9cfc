import { refusedUpload } from '../../errors/upload.ts'
import type { Upload } from '../../store/contract/store.ts'
import { decisiveBytes, fileTypeOf, wantedFor, wordsFor } from '../processing/file-type.ts'

/**
 * Judges what an upload is as soon as enough of it is there.
 * @param before the bytes that came in earlier requests
 * @returns what is told of every chunk before it is stored; it throws OAuthError 422 when this is no file of the kind wanted
 */
export function judgeOf(
  { template, length }: Pick<Upload, 'template' | 'length'>,
  before: Uint8Array,
): (chunk: Uint8Array) => void {
  const needed = Math.min(decisiveBytes, length)
  let head = before
  return (chunk) => {
    if (head.length >= needed) return
    head = Buffer.concat([head, chunk.subarray(0, needed - head.length)])
    const wanted = wantedFor(template)
    if (head.length === needed && fileTypeOf(head)?.kind !== wanted)
      throw refusedUpload.wrongType(wordsFor[wanted])
  }
}
