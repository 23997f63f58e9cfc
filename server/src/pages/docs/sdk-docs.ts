import type { Reply } from '../../http/message.ts'
import type { SdkFiles } from '../../http/sdk-files.ts'
import { pageOf, render } from '../render.ts'
import type { DocsDeps } from './docs-deps.ts'
import { sdkDocsPage } from './sdk-docs.tsx'
import { siteOf } from './site.ts'

/** `GET /sdk`: how an app takes the SDK from this very server. */
export function sdkDocs(deps: DocsDeps & { readonly sdk: SdkFiles }): Reply {
  return render(
    200,
    sdkDocsPage({ page: pageOf(deps), site: siteOf(deps), server: deps.issuer, version: deps.sdk.version }),
    null,
    [],
    'run',
  )
}
