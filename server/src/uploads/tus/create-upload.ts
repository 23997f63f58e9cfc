import { refusedUpload } from '../../errors/upload.ts'
import type { Request } from '../../http/message.ts'
import { mediaTypeOf } from '../../http/params.ts'
import type { NewUpload, UploadLimits } from '../../store/contract/store.ts'
import type { UploadDeps } from '../deps.ts'
import { checkRoom } from '../room.ts'
import { readMetadata } from './metadata.ts'
import type { Sender } from './uploader.ts'

const hour = 60 * 60 * 1000
/** How long an upload may wait to be claimed, in milliseconds. */
const lifetime = { staged: hour, owned: 24 * hour }
/** How many uploads may be open at once. */
const most = { staged: 10, owned: 100 }

/**
 * Reserves the upload that a POST asks for; nothing is written when it is refused.
 * @throws OAuthError 400, 413, 429, 503, 507
 */
export async function reserve(request: Request, sender: Sender, deps: UploadDeps): Promise<NewUpload> {
  if (request.header('upload-concat') !== undefined) throw refusedUpload.concatenation()
  const length = readLength(request, deps.rules.maxBytes)
  const facts = { ...readMetadata(request.header('upload-metadata')), length }
  await checkRoom(length, deps)
  return openUpload(sender, deps.incoming.isShared ? { ...facts, node: undefined } : facts, deps)
}

/**
 * Reserves an upload of a sender, for which there is room.
 * @param limits how much it may have open, where that is more than others may
 * @throws OAuthError 413, 429
 */
export async function openUpload(
  sender: Sender,
  facts: Pick<NewUpload, 'template' | 'filename' | 'previewStartSeconds' | 'length' | 'node'>,
  deps: UploadDeps,
  limits?: UploadLimits,
): Promise<NewUpload> {
  const kind = sender.userId === null ? 'staged' : 'owned'
  const createdAt = deps.clock()
  const upload: NewUpload = {
    id: Buffer.from(deps.random(24)).toString('base64url'),
    ...sender,
    node: deps.node,
    ...facts,
    createdAt,
    expiresAt: createdAt + lifetime[kind],
  }
  const usual = { uploads: most[kind], bytes: deps.rules.quotaBytes }
  const outcome = await deps.store.createUpload(upload, limits ?? usual)
  if (outcome === 'too_many') throw refusedUpload.tooMany(most[kind], lifetime[kind] / 1000)
  if (outcome === 'too_large') throw refusedUpload.quota()
  return upload
}

function readLength(request: Request, most: number): number {
  if (mediaTypeOf(request.header('content-type')) === 'multipart/form-data') throw refusedUpload.form()
  const text = request.header('upload-length') ?? ''
  if (/^0+$/.test(text)) throw refusedUpload.empty()
  if (request.header('upload-defer-length') !== undefined || !/^[1-9]\d{0,15}$/.test(text))
    throw refusedUpload.length()
  const length = Number(text)
  if (!Number.isSafeInteger(length)) throw refusedUpload.length()
  if (length > most) throw refusedUpload.tooLarge(most)
  return length
}
