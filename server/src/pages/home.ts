import type { Reply, Request } from '../http/message.ts'
import type { PageDeps } from './page-deps.ts'
import { pageOf, personOf, render } from './render.ts'
import { browserOf } from './session/browser.ts'
import { homePage } from './views/home.tsx'

/** `GET /`: what this server is, and who is signed in. */
export async function home(request: Request, deps: PageDeps): Promise<Reply> {
  const { session, cookies } = await browserOf(request, deps)
  const page = homePage({
    page: pageOf(deps),
    person: session === undefined ? null : personOf(session.user, deps),
    links: [
      { href: '/developers', text: 'Your apps and their keys' },
      { href: '/sdk', text: 'The SDK, from this server' },
      { href: '/docs/api', text: 'The API, call by call' },
      { href: '/.well-known/oauth-authorization-server', text: 'Authorization server metadata' },
    ],
  })
  return render(200, page, null, cookies)
}
