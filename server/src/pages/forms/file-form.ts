import { badBody } from '../../errors/oauth.ts'
import type { Request } from '../../http/message.ts'
import { discard, type Keeping, readMultipart, type SentFile } from '../../http/multipart.ts'
import { mostBytes } from '../../limits.ts'
import type { Uploads } from '../../uploads/start.ts'
import { type Browser, checkToken } from '../session/browser.ts'
import { type MemberForm, memberFormOf, readMemberForm } from './form.ts'

/** What the forms with files need. */
export interface FileFormDeps {
  readonly uploads: Pick<Uploads, 'pictures' | 'intake'>
}

/** What files a form takes. */
export type FileRules = Pick<Keeping, 'most' | 'files' | 'timeoutMs'>

const pictureRules: FileRules = { most: mostBytes.picture }

/** A form that may hold files; `discard` removes those that nothing took over. */
export interface FileForm extends MemberForm {
  file(name: string): SentFile | undefined
  discard(): Promise<void>
}

/** Bytes of a form without files. */
const mostText = mostBytes.body

/**
 * Reads a form with files (`multipart/form-data`), or the same without any (`application/x-www-form-urlencoded`), at a
 * route that leaves the body on the connection. A file is kept for who is signed in, after the form's token was checked.
 * @throws PageError 403, OAuthError 400, 408, 413, 415
 */
export async function readFileForm(
  request: Request,
  from: Browser,
  deps: FileFormDeps,
  rules = pictureRules,
): Promise<FileForm> {
  const type = request.header('content-type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    const form = readMemberForm({ header: (name) => request.header(name), body: await readAll(request) })
    return { ...form, file: () => undefined, discard: async () => undefined }
  }
  const { pictures, intake } = deps.uploads
  if (rules !== pictureRules) await intake.checkSpace(Number(request.header('content-length') ?? rules.most))
  const { fields, files } = await readMultipart(type, request.stream, {
    place: from.session === undefined ? null : pictures.place,
    ...rules,
    check: (before) => checkToken(before.find(([name]) => name === 'csrf')?.[1], from),
  })
  try {
    return {
      ...memberFormOf(fields),
      file: (name) => files.find(({ field }) => field === name),
      discard: () => discard(files),
    }
  } catch (error) {
    await discard(files)
    throw error
  }
}

async function readAll({ stream }: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    if (!(chunk instanceof Uint8Array)) throw badBody.notWholeForm()
    bytes += chunk.length
    if (bytes > mostText) throw badBody.tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
