import type { Resource } from '../../api/resource.ts'
import { problemTitles } from '../../errors/api.ts'
import type { Reply } from '../../http/message.ts'
import { pageOf, render } from '../render.ts'
import { apiDocsPage } from './api-docs.tsx'
import { callOf, everywhere, schemasOf } from './api-words.ts'
import type { DocsDeps } from './docs-deps.ts'
import { siteOf } from './site.ts'

/** `GET /docs/api`: the API for people, of the same list as the document that programs read. */
export function apiDocs(resources: readonly Resource[], deps: DocsDeps): Reply {
  const page = apiDocsPage({
    page: pageOf(deps),
    site: siteOf(deps),
    calls: resources.map((resource) => callOf(resource, deps.issuer)),
    everywhere,
    schemas: schemasOf(resources),
    problems: problemTitles,
  })
  return render(200, page, null, [], 'run')
}
