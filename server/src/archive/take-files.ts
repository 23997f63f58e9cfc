import { brokenArchive } from '../errors/archive.ts'
import type { Store, Upload, UploadTemplate, User } from '../store/contract/store.ts'
import type { Intake } from '../uploads/processing/intake.ts'
import { faultWords } from '../uploads/processing/rejected-file.ts'
import type { Archive } from './archive.ts'
import type { TarFile } from './read-tar.ts'

/** A file of an archive that is to become an upload. */
export interface WantedFile {
  /** What it is to be: `track 12`, `cover 12`, `playlist 3`, `picture` or `banner`. */
  readonly key: string
  readonly file: TarFile
  readonly template: UploadTemplate
  /** What a person knows it by. */
  readonly name: string
  readonly filename: string
  readonly previewStartSeconds: number | null
}

/** Uploads by the keys of the files that they were made of. */
export type TakenFiles = ReadonlyMap<string, Upload>

/** Which files of an archive its user does not have here yet. */
export async function fileList(
  { server, tracks, playlists, picture, banner }: Archive,
  user: User,
  { store, issuer }: { readonly store: Store; readonly issuer: string },
): Promise<readonly WantedFile[]> {
  const from = { userId: user.id, server, isSameServer: server === issuer }
  const ids = tracks.map(({ sourceId }) => sourceId)
  const here = new Set(await store.findImportedTracks(from, ids))
  const image = (key: string, name: string, file: TarFile | null, template: UploadTemplate = 'img_square') =>
    file === null ? [] : [{ key, file, template, name, filename: 'picture', previewStartSeconds: null }]
  return [
    ...tracks
      .filter(({ sourceId }) => !here.has(sourceId))
      .flatMap(({ sourceId, facts, audio, cover }): WantedFile[] => [
        {
          key: `track ${sourceId}`,
          file: audio,
          template: 'audio',
          name: facts.title,
          filename: facts.origFilename ?? audio.path.slice('audio/'.length),
          previewStartSeconds: facts.previewStartSeconds,
        },
        ...image(`cover ${sourceId}`, facts.title, cover),
      ]),
    ...playlists.flatMap(({ sourceId, facts, cover }) => image(`playlist ${sourceId}`, facts.name, cover)),
    ...(user.profilePicture === null ? image('picture', 'Your picture', picture) : []),
    ...(user.coverPhoto === null ? image('banner', 'Your banner', banner, 'img_backdrop') : []),
  ]
}

/**
 * Makes uploads of files of an archive, as if each had been sent by itself.
 * @param onTaken is told the id of each, those that came to nothing among them
 * @throws BrokenArchive naming the file that cannot be used; OAuthError 507
 */
export async function takeFiles(
  path: string,
  wanted: readonly WantedFile[],
  userId: number,
  intake: Intake,
  onTaken: (id: string) => void,
): Promise<TakenFiles> {
  const taken = new Map<string, Upload>()
  // The archive was let in as a whole: what it holds is bounded.
  const limits = { uploads: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER }
  for (const { key, file, name, ...facts } of wanted) {
    const upload = await intake.take({ ...file, path }, facts, userId, limits)
    onTaken(upload.id)
    if (upload.status === 'error') throw brokenArchive.unusable(name, faultWords(upload.error ?? 'given_up'))
    if (upload.status !== 'done') throw new Error(`A file of an archive is ${upload.status}`)
    taken.set(key, upload)
  }
  return taken
}
