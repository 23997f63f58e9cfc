import { refusedUpload } from '../../errors/upload.ts'
import type { UploadTemplate } from '../../store/contract/store.ts'
import { shownName } from '../content/filename.ts'

/** What a sender says of a file. */
export interface UploadMetadata {
  readonly filename: string
  readonly template: UploadTemplate
  readonly previewStartSeconds: number | null
}

const longest = 8192
const templates: readonly UploadTemplate[] = ['audio', 'img_square', 'img_backdrop']

/**
 * Reads an Upload-Metadata header (tus 1.0, creation). A filename is text to show, never a path; what is not known here,
 * `filetype` and `placementHosts` among it, is ignored.
 * @throws OAuthError 400
 */
export function readMetadata(header: string | undefined): UploadMetadata {
  const entries = parse(header ?? '')
  const given = entries.get('template') ?? 'audio'
  const template = templates.find((name) => name === given)
  if (template === undefined) throw refusedUpload.metadata('template is audio, img_square or img_backdrop')
  return {
    filename: shownName(entries.get('filename') ?? ''),
    template,
    previewStartSeconds: seconds(entries.get('previewStartSeconds') ?? ''),
  }
}

function parse(header: string): ReadonlyMap<string, string> {
  if (header.length > longest) throw refusedUpload.metadata(`it is longer than ${longest} characters`)
  const entries = new Map<string, string>()
  for (const pair of header === '' ? [] : header.split(',')) {
    const match = /^([!-+\--~]+)(?: ((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?))?$/.exec(
      pair.trim(),
    )
    const [, key = '', value = ''] = match ?? []
    if (match === null) throw refusedUpload.metadata('each entry is a key, a space and base64')
    if (entries.has(key)) throw refusedUpload.metadata('a key stands in it twice')
    entries.set(key, decode(value))
  }
  return entries
}

function decode(base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'))
  } catch {
    throw refusedUpload.metadata('a value is not UTF-8')
  }
}

function seconds(text: string): number | null {
  if (text === '') return null
  // As programs write numbers: the time of a player has as many digits as a double.
  const value = /^\d{1,6}(?:\.\d{1,20})?(?:e-\d{1,2})?$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(value)) throw refusedUpload.metadata('previewStartSeconds is a number of seconds')
  return value
}
