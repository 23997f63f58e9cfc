import type { Resource } from '../api/resource.ts'
import { problemTitles } from '../api-errors.ts'
import type { Reply } from '../message.ts'
import { callOf, everywhere, schemasOf } from './api-calls.ts'
import type { PageDeps } from './page-deps.ts'
import { pageOf, show } from './show.ts'
import { apiDocsPage } from './views/api-docs.tsx'

/** `GET /docs/api`: the API for people, of the same list as the document that programs read. */
export function apiDocs(resources: readonly Resource[], deps: PageDeps): Reply {
  const page = apiDocsPage({
    page: pageOf(deps),
    calls: resources.map((resource) => callOf(resource, deps.issuer)),
    everywhere,
    schemas: schemasOf(resources),
    problems: problemTitles,
  })
  return show(200, page, null, [])
}
