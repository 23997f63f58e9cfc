import type { FileForm, FileFormDeps } from './file-form.ts'

/** What became of a picture that a form has a place for. */
export interface TakenPicture {
  /** The CID of one that was sent now, or kept from the try before. */
  readonly cid: string | null
  /** What to make of it: a CID, null to remove what is there, undefined to leave it. */
  readonly change: string | null | undefined
  /** Whether the form asks to remove what is there. */
  readonly isRemoved: boolean
  /** Why what was sent cannot be shown. */
  readonly mistake: string | undefined
}

/**
 * Takes the picture that a form of `PictureField` sends. It is made even where a text of the form is wrong, so that it
 * need not be chosen twice.
 * @throws OAuthError 413, 429, 503, 507
 */
export async function takePicture(
  form: FileForm,
  field: string,
  template: 'img_square' | 'img_backdrop',
  userId: number,
  { uploads }: FileFormDeps,
): Promise<TakenPicture> {
  const file = form.file(field)
  const taken = file && (await uploads.pictures.take(file, userId, template))
  const mistake = taken && 'problem' in taken ? taken.problem : undefined
  const cid = taken === undefined ? (form.get(`kept_${field}`) ?? null) : 'cid' in taken ? taken.cid : null
  const isRemoved = form.get(`remove_${field}`) !== undefined
  return { cid, isRemoved, mistake, change: cid ?? (isRemoved ? null : undefined) }
}
