import type { Route } from '../../http/route.ts'
import { serveAudio, serveImage } from '../../uploads/content/serve.ts'
import { health, uploadStatus } from '../../uploads/upload-status.ts'
import { actingRoutes, type Unpaced } from './acting.ts'
import type { Deps } from './deps.ts'

/** Uploads, and what became of them. */
export async function fileRoutes(deps: Deps): Promise<readonly Unpaced[]> {
  const { apps, media } = actingRoutes(deps)
  const tus = await deps.uploads.openTus()
  const files = (method: Route['method'], path: string): Unpaced => ({
    ...{ method, path, audience: 'api', answer: tus, isStreamed: true },
  })
  return [
    media('GET', '/content/:cid', serveAudio),
    media('GET', '/content/:cid/:file', serveImage),
    apps('GET', '/health_check', health),
    media('GET', '/uploads/:id', uploadStatus),
    files('POST', '/files'),
    files('OPTIONS', '/files'),
    ...(['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'] as const).map((method) => files(method, '/files/:id')),
  ]
}
