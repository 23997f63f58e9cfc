import { FieldError } from '../errors/api.ts'
import type { FileFault } from '../store/contract/store.ts'

const fields: Readonly<Record<FileFault['field'], { readonly name: string; readonly kind: string }>> = {
  trackCid: { name: 'track_cid', kind: 'audio file' },
  origFileCid: { name: 'orig_file_cid', kind: 'original audio file' },
  previewCid: { name: 'preview_cid', kind: 'audio preview' },
  coverArt: { name: 'cover_art_sizes', kind: 'square image' },
  profilePicture: { name: 'profile_picture', kind: 'square image' },
  coverPhoto: { name: 'cover_photo', kind: 'backdrop image' },
}

/** Says which files may not be used; another user's are as unknown as those that never were. */
export function fileFaults(faults: readonly FileFault[]): FieldError {
  return new FieldError(
    faults.map(({ field, reason }) => {
      const { name, kind } = fields[field]
      return {
        field: name,
        message:
          reason === 'unknown'
            ? `${name} is not the ${kind} of any finished upload of yours.`
            : `${name} is the ${kind} of an upload that is not finished: wait until its status is done.`,
      }
    }),
  )
}
