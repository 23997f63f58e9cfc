import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { writeTable } from '@stagedoor/testkit/document'
import type { Browser, Page } from 'playwright-core'
import { startBrowser } from '../harness/browser.ts'
import { allow, logIn, signIn } from '../harness/people.ts'
import { type Server, startServer } from '../harness/server.ts'

/**
 * What a newcomer's first minutes are: from an empty folder outside of the repository to a person who is logged in, with
 * nothing but a running server and npm. Prints how long each took, writes that into docs/habitats.md when all were asked for,
 * and ends with 1 when one did not get there in time.
 *
 *   npm run first-minutes -w e2e [-- TEMPLATE ...]
 */

const limit = 120_000
const vite = 'http://localhost:5173/'
const pages = { vanilla: vite, 'vite-react': vite, vue: vite, svelte: vite, next: 'http://localhost:3000/' }

const folder = mkdtempSync(join(tmpdir(), 'stagedoor-first-minutes-'))
const server = await startServer('first-minutes')
const browser = await startBrowser()

/** Runs a program to its end. */
async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${said.slice(-800)}`)
}

/** Runs a program beside a task, and ends it and all that it started with that. */
async function beside<T>(
  script: string,
  cwd: string,
  task: (lines: AsyncIterable<string>) => Promise<T>,
): Promise<T> {
  const child = spawn('npm', script.split(' '), { cwd, stdio: ['ignore', 'pipe', 'ignore'], detached: true })
  const exit = once(child, 'exit')
  try {
    return await task(createInterface(child.stdout))
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid)
    await exit
  }
}

async function untilUp(url: string): Promise<void> {
  for (
    const end = Date.now() + limit;
    Date.now() < end;
    await new Promise((resolve) => setTimeout(resolve, 100))
  )
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
  throw new Error(`Nothing answers at ${url}.`)
}

const create = (template: string) =>
  run(
    'npx',
    ['--yes', '--cache', join(folder, 'npm'), `${server.url}/create.tgz`, template, '--template', template],
    folder,
  )

async function onPage(url: string, page: Page): Promise<void> {
  await page.goto(url)
  await logIn(page, server.sample('nova'))
  await page.getByText('Hello Nova Reyes').waitFor()
}

/** A browser with a window asks every page for one; those of tests do not. */
async function expectIcon(page: Page): Promise<void> {
  const status = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel~=icon]')
    return (await fetch(link?.href ?? '/favicon.ico')).status
  })
  if (status !== 200) throw new Error(`Its icon is answered with ${status}.`)
}

async function web(template: keyof typeof pages, page: Page, loggedIn: () => void): Promise<void> {
  await create(template)
  const app = join(folder, template)
  await run('npm', ['install', '--no-audit', '--no-fund'], app)
  await beside('run dev', app, async () => {
    await untilUp(pages[template])
    await onPage(pages[template], page)
    loggedIn()
    await expectIcon(page)
  })
  await run('npm', ['run', 'build'], app)
}

async function node(page: Page, loggedIn: () => void): Promise<void> {
  await create('node')
  const app = join(folder, 'node')
  await run('npm', ['install', '--no-audit', '--no-fund'], app)
  await beside('start', app, async (lines) => {
    for await (const line of lines) {
      const [, url] = /^Log in at (.*)/.exec(line) ?? []
      if (url)
        await page
          .goto(url)
          .then(() => signIn(page, server.sample('nova')))
          .then(() => allow(page))
      if (line === 'Hello Nova Reyes') return loggedIn()
    }
    throw new Error('It ended without a login.')
  })
}

/** The quickstart's page: one file, and nothing installed. */
async function plain(page: Page, loggedIn: () => void): Promise<void> {
  const html = `<!doctype html>
<html lang="en"><title>Plain</title><link rel="icon" href="data:,"><p id="words"></p><button>Log in with Audius</button>
<script type="importmap">{ "imports": { "@stagedoor/sdk": "${server.url}/sdk/browser.mjs" } }</script>
<script type="module">
  import { sdk } from '@stagedoor/sdk'
  const { oauth } = sdk({ apiKey: '${server.apiKey}', redirectUri: location.origin + '/', apiEndpoint: '${server.url}' })
  await oauth.handleRedirect()
  document.querySelector('button').onclick = async () => {
    await oauth.login()
    document.querySelector('#words').textContent = 'Hello ' + (await oauth.getUser()).name
  }
</script></html>`
  const site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html))
  await once(site.listen(0, 'localhost'), 'listening')
  const address = site.address()
  try {
    await onPage(`http://localhost:${typeof address === 'object' ? address?.port : ''}/`, page)
    loggedIn()
    await expectIcon(page)
  } finally {
    site.closeAllConnections()
    site.close()
  }
}

type Way = (page: Page, loggedIn: () => void) => Promise<void>

const all: readonly (readonly [name: string, way: Way])[] = [
  ['plain', plain],
  ['node', node],
  ...(['vanilla', 'vite-react', 'vue', 'svelte', 'next'] as const).map((template): [string, Way] => [
    template,
    (page, loggedIn) => web(template, page, loggedIn),
  ]),
]

/** Goes one way; answers the seconds until somebody was logged in, or what went wrong. */
async function timed(way: Way, chromium: Browser): Promise<number | string> {
  const context = await chromium.newContext()
  const begun = performance.now()
  let seconds = 0
  try {
    await way(await context.newPage(), () => {
      seconds = (performance.now() - begun) / 1000
    })
    return seconds * 1000 < limit ? seconds : `needs ${seconds.toFixed(1)} s`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await context.close()
  }
}

async function main(to: Server): Promise<void> {
  const asked = process.argv.slice(2)
  const rows: string[] = []
  let failed = 0
  console.log(`From an empty folder to a login at ${to.url}:`)
  for (const [name, way] of all) {
    if (asked.length > 0 && !asked.includes(name)) continue
    const found = await timed(way, browser)
    if (typeof found === 'string') failed += 1
    else rows.push(`| ${name === 'plain' ? 'one page without npm' : `\`${name}\``} | ${found.toFixed(0)} |`)
    console.log(
      `${name.padEnd(12)}${typeof found === 'string' ? `failed: ${found}` : `${found.toFixed(1).padStart(6)} s`}`,
    )
  }
  console.log(`${rows.length} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
  else if (asked.length === 0)
    writeTable('habitats.md', 'first minutes', '| what | seconds until logged in |', rows)
}

await main(server).finally(async () => {
  await browser.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})
