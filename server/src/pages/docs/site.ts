import type { DocsDeps } from './docs-deps.ts'
import type { Site } from './docs-layout.tsx'

/** What this server's pages of the documentation show around their own words. */
export const siteOf = ({ docs, docsStylesheet, docsScript }: DocsDeps): Site => ({
  groups: docs().groups,
  stylesheet: docsStylesheet,
  script: docsScript,
})
