import type { Reply, Request } from '../http/message.ts'
import type { PageDeps } from './page-deps.ts'
import { pageOf, personOf, render } from './render.ts'
import { browserOf } from './session/browser.ts'
import { homePage } from './views/home.tsx'

/** `GET /.well-known/change-password`: where password managers lead people to change theirs (W3C). */
export const leadToPassword = (): Reply => ({
  status: 302,
  headers: { location: '/account/security' },
  body: '',
})

/** `GET /`: what this server is, and who is signed in. */
export async function home(request: Request, deps: PageDeps): Promise<Reply> {
  const { session, cookies } = await browserOf(request, deps)
  const page = homePage({
    page: pageOf(deps),
    person: session === undefined ? null : personOf(session.user, deps),
    links: [
      ...(deps.emulator === null
        ? []
        : [{ href: '/emulator', text: 'Emulator: accounts, mail, the clock and faults of this server' }]),
      { href: '/docs', text: 'Documentation' },
      { href: '/developers', text: 'Your apps and their keys' },
      { href: '/sdk', text: 'The SDK, from this server' },
      { href: '/docs/api', text: 'The API, call by call' },
      { href: '/.well-known/oauth-authorization-server', text: 'Authorization server metadata' },
      { href: '/readyz', text: 'Status of this server' },
    ],
  })
  return render(200, page, null, cookies)
}
