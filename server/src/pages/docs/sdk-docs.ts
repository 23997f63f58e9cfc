import type { Reply } from '../../http/message.ts'
import type { SdkFiles } from '../../http/sdk-files.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, render } from '../render.ts'
import { sdkDocsPage } from './sdk-docs.tsx'

/** `GET /sdk`: how an app takes the SDK from this very server. */
export function sdkDocs(deps: PageDeps & { readonly sdk: SdkFiles }): Reply {
  return render(
    200,
    sdkDocsPage({ page: pageOf(deps), server: deps.issuer, version: deps.sdk.version }),
    null,
    [],
  )
}
