import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sdk } from '@stagedoor/sdk'
import { createElement, StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { App } from './react-app/App.tsx'
import type { Server } from './server.ts'
import { fileIn, type Site, serve } from './web.ts'

/**
 * Builds the React app with React's own checks, StrictMode's second mount among them, and serves it: rendered on the
 * server at `/rendered`, by the browser everywhere else.
 */
export async function serveReact(server: Server): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'stagedoor-react-'))
  const root = join(import.meta.dirname, 'react-app')
  const vite = join(import.meta.dirname, '../../node_modules/vite/bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error', '--outDir', folder], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'development' },
  })
  const rendered = () =>
    renderToString(
      createElement(
        StrictMode,
        null,
        createElement(App, { sdk: sdk({ apiKey: server.apiKey, apiEndpoint: server.url }) }),
      ),
    )
  const page = (content: string) => `<!doctype html>
<html lang="en">
  <title>React app</title>
  <body data-api-key="${server.apiKey}" data-api-endpoint="${server.url}">
    <main>${content}</main>
    <script type="module" src="/main.js"></script>
  </body>
</html>`
  const site = await serve(async (path) => {
    const file = path.endsWith('.js') ? await fileIn(folder, path) : null
    if (file || path === '/favicon.ico') return file
    return { type: 'text/html; charset=utf-8', body: page(path === '/rendered' ? rendered() : '') }
  })
  return {
    origin: site.origin,
    stop: async () => {
      await site.stop()
      await rm(folder, { recursive: true })
    },
  }
}
