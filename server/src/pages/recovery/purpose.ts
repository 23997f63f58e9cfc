import { PageError } from '../../errors/oauth.ts'
import { type OpenRequest, unansweredRequest } from '../../oauth/open-request.ts'
import type { Purpose } from '../login/destination.ts'
import type { PageDeps } from '../page-deps.ts'
import type { Browser } from '../session/browser.ts'
import type { Hidden } from '../views/page.ts'

/** The request that a person came for; `null` where it has ended meanwhile or is another browser's, which is no obstacle. */
export async function pendingRequest(
  { requestId }: Purpose,
  { browsers }: Browser,
  deps: PageDeps,
): Promise<OpenRequest | null> {
  if (requestId === undefined) return null
  try {
    return await unansweredRequest(requestId, browsers, deps)
  } catch (error) {
    if (error instanceof PageError) return null
    throw error
  }
}

/** What the forms of these pages send back unseen. */
export const hiddenOf = (pending: OpenRequest | null, { next }: Purpose, { csrf }: Browser): Hidden => ({
  request: pending?.text ?? null,
  next,
  csrf,
})
