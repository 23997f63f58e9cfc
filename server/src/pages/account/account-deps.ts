import type { Imports } from '../../archive/imports.ts'
import type { ServingDeps } from '../../uploads/content/serve.ts'
import type { FileFormDeps } from '../forms/file-form.ts'
import type { PageDeps } from '../page-deps.ts'

/** What the account's pages need beyond the others. */
export interface AccountDeps extends PageDeps, FileFormDeps, ServingDeps {
  readonly imports: Imports
}
