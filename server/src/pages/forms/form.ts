import { badBody } from '../../errors/oauth.ts'
import type { Request } from '../../http/message.ts'
import { mediaTypeOf } from '../../http/params.ts'

/** What one of a member's own forms holds: text of several lines, and several values of one name. */
export interface MemberForm {
  /** The last value of a name that is not empty. */
  get(name: string): string | undefined
  /** Every value of a name, empty ones too, in their order. */
  all(name: string): readonly string[]
  /** Everything as it was typed. */
  readonly entries: readonly (readonly [string, string])[]
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses, but tab and line feed
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f]/

/**
 * Reads a form of a member's page (`application/x-www-form-urlencoded`), line ends as line feeds.
 * @throws OAuthError when it is another kind of body, or holds what nobody can type
 */
export function readMemberForm(request: Pick<Request, 'header' | 'body'>): MemberForm {
  if (mediaTypeOf(request.header('content-type')) !== 'application/x-www-form-urlencoded')
    throw badBody.contentType()
  return memberFormOf([...new URLSearchParams(new TextDecoder().decode(request.body))])
}

/** The form of these fields. @throws OAuthError when one holds what nobody can type */
export function memberFormOf(fields: MemberForm['entries']): MemberForm {
  const entries = fields.map(([name, value]) => [name, value.replaceAll('\r\n', '\n')] as const)
  if (entries.some(([name, value]) => unprintable.test(name + value) || value.includes('\ufffd')))
    throw badBody.malformed()
  const all = (name: string) => entries.filter(([each]) => each === name).map(([, value]) => value)
  return { get: (name) => all(name).at(-1) || undefined, all, entries }
}
