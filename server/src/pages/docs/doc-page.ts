import { noPage } from '../../errors/page.ts'
import { etagOf, isKnown } from '../../http/conditional.ts'
import type { DocsPage } from '../../http/docs-files.ts'
import { asBytes, type Reply, type Request } from '../../http/message.ts'
import { pageOf, render } from '../render.ts'
import { docPage } from './doc-page.tsx'
import { type DocsDeps, filledIn } from './docs-deps.ts'
import { siteOf } from './site.ts'

type Answer = (request: Request) => Reply

/** What is asked for often is answered with the same bytes; a browser that has them is told so. */
function kept(make: (at: string) => Reply & { readonly body: string }): (at: string) => Answer {
  const replies = new Map<string, Reply>()
  return (at) => (request) => {
    let reply = replies.get(at)
    if (reply === undefined) {
      const made = make(at)
      const headers = { ...made.headers, 'cache-control': 'no-cache', etag: etagOf(made.body) }
      reply = asBytes({ ...made, headers })
      replies.set(at, reply)
    }
    const { etag = '' } = reply.headers
    return isKnown(request, etag) ? { status: 304, headers: reply.headers, body: '' } : reply
  }
}

/**
 * `GET /docs`, `GET /docs/{page}` and `GET /docs/{page}.md`: a page of the documentation, for people and for programs that read.
 * @throws PageError 404
 */
export function docPages(deps: DocsDeps): Answer {
  const page = kept((at) => htmlOf(found(at, deps), deps))
  const markdown = kept((at) => markdownOf(found(at, deps), deps))
  return (request) => {
    const at = request.path('*').replace(/\/$/, '')
    return at.endsWith('.md') ? markdown(at.slice(0, -3))(request) : page(at)(request)
  }
}

/** The first page has an address of its own as Markdown, for there is no name before the dot. */
const first = 'index'

function found(at: string, { docs }: DocsDeps): DocsPage {
  const page = docs().pages.get(at === first ? '' : at)
  if (page === undefined) throw noPage()
  return page
}

function htmlOf(page: DocsPage, deps: DocsDeps): Reply & { readonly body: string } {
  const html = filledIn(page.html, page.namesServer, deps.issuer)
  const body = docPage({ page: pageOf(deps), site: siteOf(deps), doc: { ...page, html } })
  return { ...render(200, body, null, [], 'run'), body }
}

const markdownOf = (page: DocsPage, deps: DocsDeps): Reply & { readonly body: string } => ({
  status: 200,
  headers: { 'content-type': 'text/markdown; charset=utf-8', 'access-control-allow-origin': '*' },
  body: filledIn(page.markdown, page.namesServer, deps.issuer),
})

/** The address of a page as Markdown. */
export const markdownAddress = (at: string): string => `/docs/${at || first}.md`
