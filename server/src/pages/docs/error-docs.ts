import type { Reply } from '../../http/message.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, render } from '../render.ts'
import { errorDocsPage } from './error-docs.tsx'
import { errorWords } from './error-words.ts'
import { sdkErrorWords } from './sdk-error-words.ts'

/** `GET /docs/errors`: what each error code means, of the server and of the SDK, and what to do about it. */
export function errorDocs(deps: PageDeps): Reply {
  return render(200, errorDocsPage({ page: pageOf(deps), server: errorWords, sdk: sdkErrorWords }), null, [])
}
