import type { Usage } from '../../usage/start.ts'
import type { PageDeps } from '../page-deps.ts'

/** What the pages of a developer need. */
export interface DeveloperDeps extends PageDeps {
  readonly usage: Usage
}
