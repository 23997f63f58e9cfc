import type { Reply, Request } from '../message.ts'
import { authorize } from '../oauth/authorize.ts'
import type { PageDeps } from './page-deps.ts'
import { proceed } from './show.ts'
import { visitor } from './visitor.ts'

/** `GET /v1/oauth/authorize` (RFC 6749 §3.1): where an app sends a person to log in. */
export async function authorizePage(request: Request, deps: PageDeps): Promise<Reply> {
  const { browser, session, cookies } = await visitor(request, deps)
  return proceed(await authorize(request.query, browser.digest, session, deps), cookies)
}
