import type { Reply, Request } from '../message.ts'
import { errorWords } from './error-words.ts'
import type { PageDeps } from './page-deps.ts'
import { pageOf, show } from './show.ts'
import { errorDocsPage } from './views/error-docs.tsx'

/** `GET /docs/errors`: what each error code means, and what to do about it. */
export function errorDocs(_request: Request, deps: PageDeps): Reply {
  return show(200, errorDocsPage({ page: pageOf(deps), errors: errorWords }), null, [])
}
