import type { Params } from '../../http/params.ts'

/** What a person came to sign in for: an app's authorization request, or a page of ours. */
export interface Purpose {
  readonly requestId: string | undefined
  /** The path and query of one of a member's own pages. */
  readonly next: string | null
}

/** Reads what a sign-in is for. Any other address than one of a member's own pages is no destination (RFC 9700 §4.11). */
export function purposeOf(params: Params): Purpose {
  const next = params.get('next')
  return {
    requestId: params.get('request'),
    next: next !== undefined && isMemberPage(next) ? next : null,
  }
}

// Of a path the characters that mean the same to every browser, no dot segment and no second slash; of a query those that RFC
// 3986 §3.4 lets stand.
const isMemberPage = (text: string): boolean =>
  /^\/(account|developers|device)(\/[\w-]+)*\/?(\?[\w%&=.~+!$'()*,;:@/?-]*)?$/.test(text)
