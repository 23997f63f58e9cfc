import { networkOf } from '../http/ip-address.ts'
import type { Request } from '../http/message.ts'
import { bearer } from '../oauth/bearer.ts'
import type { PageDeps } from '../pages/page-deps.ts'
import { browserOf } from '../pages/session/browser.ts'
import type { PaceName } from '../rate-limits/rules.ts'
import { TooMany } from '../rate-limits/too-many.ts'

/**
 * Holds a request to the pace that one network may keep at its route. Whoever proves who they are goes on at a pace of
 * their own when others have used up that of their network; a name such as `client_id` proves nothing.
 * @throws TooMany
 */
export function hold(pace: PaceName, request: Request, deps: PageDeps): void | Promise<void> {
  if (!deps.knowsNetworks) return undefined
  try {
    deps.limits.take(pace, networkOf(request.address))
    return undefined
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
    return holdPerson(error, request, deps)
  }
}

async function holdPerson(beyond: TooMany, request: Request, deps: PageDeps): Promise<void> {
  const userId = await personOf(request, deps)
  if (userId === undefined) throw beyond
  deps.limits.take('person', String(userId))
}

async function personOf(request: Request, deps: PageDeps): Promise<number | undefined> {
  const { session } = await browserOf(request, deps)
  if (session !== undefined) return session.user.id
  if (request.authorization.length === 0) return undefined
  const token = await bearer(request, deps).catch(() => undefined)
  return token?.user.id
}
