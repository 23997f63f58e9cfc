import type { DocsGroup } from '../../http/docs-files.ts'
import type { DocsDeps } from './docs-deps.ts'

/** What every page of the documentation shows around its own words. */
export interface Site {
  readonly groups: readonly DocsGroup[]
  readonly stylesheet: string
  readonly script: string
}

export const siteOf = ({ docs, docsStylesheet, docsScript }: DocsDeps): Site => ({
  groups: docs().groups,
  stylesheet: docsStylesheet,
  script: docsScript,
})
