import type { Usage } from '../../usage/open-usage.ts'
import type { PageDeps } from '../page-deps.ts'

/** What the pages of a developer need. */
export interface DeveloperDeps extends PageDeps {
  readonly usage: Usage
}
