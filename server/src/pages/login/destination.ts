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

// The characters of a path and query that mean the same to every browser, no dot segment and no second slash.
const isMemberPage = (text: string): boolean =>
  /^\/(account|developers|device)(\/[\w-]+)*(\?[\w%&=.~+-]*)?$/.test(text)
