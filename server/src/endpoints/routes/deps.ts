import type { Imports } from '../../archive/imports.ts'
import type { SdkFiles } from '../../http/sdk-files.ts'
import type { Asset } from '../../http/static-files.ts'
import type { GrantDeps } from '../../oauth/grants/token-response.ts'
import type { IntrospectDeps } from '../../oauth/introspect.ts'
import type { DeveloperPageDeps } from '../../pages/developers/routes.ts'
import type { DocsDeps } from '../../pages/docs/docs-deps.ts'
import type { ServingDeps } from '../../uploads/content/serve.ts'
import type { Uploads } from '../../uploads/start.ts'
import type { Usage } from '../../usage/start.ts'
import type { ServeAttachment } from '../api.ts'
import type { EdgeDeps } from '../edge.ts'
import type { EndpointDeps } from '../oauth.ts'

/** What the system depends on; `server.ts` makes it. */
export interface Deps
  extends EdgeDeps,
    EndpointDeps,
    GrantDeps,
    ServingDeps,
    IntrospectDeps,
    DocsDeps,
    DeveloperPageDeps {
  readonly uploads: Uploads
  /** Whether agents may make the calls of the API as tools. */
  readonly takesAgents: boolean
  /** The SDK, as this server hands it out. */
  readonly sdk: SdkFiles
  readonly imports: Imports
  readonly usage: Usage
  /** Files of our own, by the path they are served under. */
  readonly assets: ReadonlyMap<string, Asset>
}

/** What the calls of the API depend on, of what the system does. */
export const resourceDepsOf = (deps: Deps, serveAttachment: ServeAttachment) => ({
  ...deps,
  needsConfirmedEmail: deps.mailQueue !== null,
  previews: deps.uploads.previews,
  serveAttachment,
})
