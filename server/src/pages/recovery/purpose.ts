import { PageError } from '../../errors/oauth.ts'
import { openRequest } from '../../oauth/authorize.ts'
import type { Purpose } from '../login/destination.ts'
import type { PageDeps } from '../page-deps.ts'
import type { Visitor } from '../session/browser.ts'
import type { Hidden } from '../views/page.ts'

export type Held = Awaited<ReturnType<typeof openRequest>>

/** The request that a person came for; `null` where it has ended meanwhile or is another browser's, which is no obstacle. */
export async function heldRequest(
  { requestId }: Purpose,
  { browser }: Visitor,
  deps: PageDeps,
): Promise<Held | null> {
  if (requestId === undefined) return null
  try {
    return await openRequest(requestId, browser.digest, deps)
  } catch (error) {
    if (error instanceof PageError) return null
    throw error
  }
}

/** What the forms of these pages send back unseen. */
export const hiddenOf = (held: Held | null, { next }: Purpose, { csrf }: Visitor): Hidden => ({
  request: held?.id.text ?? null,
  next,
  csrf,
})
