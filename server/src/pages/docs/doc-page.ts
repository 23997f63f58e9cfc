import { noPage } from '../../errors/page.ts'
import type { DocsPage } from '../../http/docs-files.ts'
import type { Reply } from '../../http/message.ts'
import { unvarying } from '../../http/unvarying.ts'
import { pageOf, render } from '../render.ts'
import { docPage } from './doc-page.tsx'
import { type DocsDeps, filledIn } from './docs-deps.ts'
import { siteOf } from './site.ts'

type Answer = ReturnType<typeof unvarying>

/** What is asked for often is answered with the same bytes; a browser that has them is told so. */
function kept(make: (at: string) => Reply): (at: string) => Answer {
  const answers = new Map<string, Answer>()
  return (at) => (request) => {
    let answer = answers.get(at)
    if (answer === undefined) {
      const made = make(at)
      answer = unvarying(() => made)
      answers.set(at, answer)
    }
    return answer(request)
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

function htmlOf(page: DocsPage, deps: DocsDeps): Reply {
  const html = filledIn(page.html, page.namesServer, deps.issuer)
  const body = docPage({ page: pageOf(deps), site: siteOf(deps), doc: { ...page, html } })
  return render(200, body, null, [], 'run')
}

const markdownOf = (page: DocsPage, deps: DocsDeps): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/markdown; charset=utf-8', 'access-control-allow-origin': '*' },
  body: filledIn(page.markdown, page.namesServer, deps.issuer),
})

/** The address of a page as Markdown. */
export const markdownAddress = (at: string): string => `/docs/${at || first}.md`
