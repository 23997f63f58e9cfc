import type { UploadTemplate } from '../../store/contract/store.ts'
import { hasFrames } from './audio-frames.ts'
import { Unusable } from './rejected-file.ts'
import { type FileType, foreign, isMarked, pictures, sounds } from './signatures.ts'

/** What an upload of a template must be. */
export const wantedFor = (template: UploadTemplate): FileType['kind'] =>
  template === 'audio' ? 'audio' : 'image'

/** How many bytes from the start show most files for what they are. */
const decisiveBytes = 12
/** How many are looked through for audio when they do not. */
export const searchedBytes = 1024 * 1024

/** What the bytes so far say: a type, why the file is refused, or nothing yet. */
export type Verdict = FileType | { readonly refusal: Unusable } | undefined

/**
 * Decides whether a file can be what it is wanted as, by its bytes; names and declared types have no say.
 * @param head the first of them
 * @param length how many there are in all
 */
export function checkType(wanted: FileType['kind'], head: Uint8Array, length: number): Verdict {
  if (head.length < Math.min(decisiveBytes, length)) return undefined
  const start = Buffer.from(head.subarray(0, decisiveBytes)).toString('latin1')
  const picture = pictures.find((one) => isMarked(start, one))
  const found = picture?.found ?? foreign.find((one) => isMarked(start, one))?.found
  const sound = sounds.find((one) => isMarked(start, one))
  if (wanted === 'image') {
    const instead = found ?? (sound && 'sound')
    return picture?.type ?? { refusal: new Unusable('not_a_picture', instead) }
  }
  if (found !== undefined) return { refusal: new Unusable('not_audio', found) }
  if (sound !== undefined) return { kind: 'audio', type: sound.type }
  // Other bytes may stand before the sound: a tag, zeros, what an editor left.
  if (hasFrames(head)) return { kind: 'audio', type: 'audio/mpeg' }
  return head.length < Math.min(searchedBytes, length) ? undefined : { refusal: new Unusable('not_audio') }
}
