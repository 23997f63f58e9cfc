import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { Browser, nova } from '@stagedoor/testkit/wire-browser'
import { build } from 'esbuild'
import { onTestFinished } from 'vitest'

const folder = import.meta.dirname

/** Unpacks the SDK as a server hands it out, beside what was installed. */
export async function installSdk(server: string): Promise<void> {
  const place = join(folder, 'node_modules/@stagedoor/sdk')
  rmSync(place, { recursive: true, force: true })
  mkdirSync(place, { recursive: true })
  const packed = Buffer.from(await (await fetch(`${server}/sdk.tgz`)).arrayBuffer())
  execFileSync('tar', ['xz', '-C', place, '--strip-components=1'], { input: packed })
}

/** An app as one script, bundled for where these conditions hold. */
export async function bundled(app: string, conditions: readonly string[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'apps', app)],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    conditions: [...conditions],
    // This folder's own settings are for its tests.
    tsconfigRaw: {},
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  return outputFiles[0]?.text ?? ''
}

/** A person without script goes where the app sends them, signs in and allows it; answers where they come back to. */
export async function sentBack(server: string, address: string): Promise<string> {
  const url = new URL(address)
  const person = new Browser(server)
  const shown = await person.signIn(await person.open(url.pathname + url.search), nova)
  return (shown.leftFor === null ? await person.allow(shown) : shown).leftFor ?? ''
}

/** Serves one page, whatever path is asked for, until the test's end; answers its origin. */
export async function pageOf(script: string, config: object): Promise<string> {
  const html = `<!doctype html><html lang="en"><title>App</title><div id="app"></div>
<script>window.config = ${JSON.stringify(config)}</script><script type="module" src="/app.js"></script></html>`
  const site = createServer(({ url }, response) => {
    const isScript = url === '/app.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(isScript ? script : html)
  }).listen(0, 'localhost')
  await new Promise((resolve) => site.once('listening', resolve))
  onTestFinished(() => {
    site.closeAllConnections()
    site.close()
  })
  const address = site.address()
  return `http://localhost:${typeof address === 'object' ? address?.port : ''}`
}

export const versionOf = (name: string): string =>
  JSON.parse(readFileSync(join(folder, `node_modules/${name}/package.json`), 'utf8')).version
