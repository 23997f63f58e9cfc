import type { Reply } from '../../http/message.ts'
import { pageOf, render } from '../render.ts'
import type { DocsDeps } from './docs-deps.ts'
import { errorDocsPage } from './error-docs.tsx'
import { errorWords } from './error-words.ts'
import { sdkErrorWords } from './sdk-error-words.ts'
import { siteOf } from './site.ts'

/** `GET /docs/errors`: what each error code means, of the server and of the SDK, and what to do about it. */
export function errorDocs(deps: DocsDeps): Reply {
  return render(
    200,
    errorDocsPage({ page: pageOf(deps), site: siteOf(deps), server: errorWords, sdk: sdkErrorWords }),
    null,
    [],
    'run',
  )
}
