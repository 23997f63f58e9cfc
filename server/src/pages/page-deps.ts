import type { AuthorizeDeps } from '../oauth/authorize.ts'

/** What the pages need beyond the protocol. */
export interface PageDeps extends AuthorizeDeps {
  /** URL of the stylesheet. */
  readonly stylesheet: string
  /** Development only: the handles of the sample accounts to sign in as with one click. */
  readonly sampleHandles: readonly string[]
}
