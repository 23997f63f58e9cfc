import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Server } from './server.ts'
import { fileIn, type Site, serve } from './web.ts'

const root = join(import.meta.dirname, '../..')

/**
 * Builds the example for a server and serves it.
 * @param options mode `development` builds in React's own checks, StrictMode's second mount among them.
 */
export async function serveExample(
  server: Server,
  { mode = 'production', port = 0 }: { mode?: 'production' | 'development'; port?: number } = {},
): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'stagedoor-example-'))
  await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error', '--outDir', folder],
    {
      cwd: join(root, 'examples/web-upload'),
      env: {
        ...process.env,
        NODE_ENV: mode,
        VITE_API_KEY: server.apiKey,
        VITE_API_ENDPOINT: server.url,
      },
    },
  )
  const site = await serve((path) => fileIn(folder, path), { port })
  return {
    origin: site.origin,
    stop: async () => {
      await site.stop()
      await rm(folder, { recursive: true })
    },
  }
}
