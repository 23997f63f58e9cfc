import { join } from 'node:path'
import { refusedUpload } from '../../errors/upload.ts'
import type { SentFile } from '../../http/multipart.ts'
import { mostBytes, sizeInWords } from '../../limits.ts'
import type { UploadDeps } from '../deps.ts'
import { checkSpace } from '../room.ts'
import { faultWords } from './rejected-file.ts'
import { takeUpload } from './take-upload.ts'

/** What became of a picture: the CID to claim it by, or why it cannot be shown. */
export type Picture = { readonly cid: string } | { readonly problem: string }

/** Pictures that come with a form rather than by tus. */
export interface Pictures {
  /** A new place for a file of a form, emptied of what a crash left at every start. */
  place(): string
  /**
   * Makes the sizes of a user's picture at once, ahead of what waits in the queue. It is the user's to claim for a day.
   * @throws OAuthError 413, 429, 503, 507
   */
  take(file: SentFile, userId: number, template: 'img_square' | 'img_backdrop'): Promise<Picture>
  /** Ends what is under way. */
  stop(): Promise<void>
}

/** How many forms may wait for their picture's turn. */
const mostWaiting = 16

export function openPictures(deps: UploadDeps): Pictures {
  const stopping = new AbortController()
  let waiting = 0
  let turn: Promise<unknown> = Promise.resolve()
  return {
    place: () => join(deps.workshop, `form.${Buffer.from(deps.random(24)).toString('base64url')}`),
    take: async (file, userId, template) => {
      if (file.isTooLarge)
        return {
          problem: `The picture is larger than ${sizeInWords(mostBytes.picture)}. Choose a smaller one.`,
        }
      if (waiting >= mostWaiting) throw refusedUpload.busy()
      waiting += 1
      const made = turn.then(() => make(file, userId, template, stopping.signal, deps))
      turn = made.catch(() => undefined)
      return made.finally(() => {
        waiting -= 1
      })
    },
    stop: async () => {
      stopping.abort()
      await turn
    },
  }
}

async function make(
  file: SentFile,
  userId: number,
  template: 'img_square' | 'img_backdrop',
  stopping: AbortSignal,
  deps: UploadDeps,
): Promise<Picture> {
  const facts = { template, filename: 'picture', previewStartSeconds: null, length: file.bytes }
  await checkSpace(file.bytes, deps)
  const { status, files, error } = await takeUpload({ path: file.path, facts, userId }, null, stopping, deps)
  const cid = files.find(({ role }) => role === 'image')?.cid
  if (status === 'done' && cid !== undefined) return { cid }
  return { problem: faultWords(error ?? 'given_up') }
}
