import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '@stagedoor/testkit/ports'
import { nova } from '@stagedoor/testkit/wire-browser'
import { expect, onTestFinished, test } from 'vitest'
import { logIn } from '../e2e/harness/people.ts'
import { versionOf } from './harness.ts'
import { chromium, server, works } from './world.ts'

const here = import.meta.dirname
const bin = (name: string) => join(here, 'node_modules/.bin', name)

interface Framework {
  readonly name: string
  readonly library: string
  /** The folder of its app, whose files name what is filled in as the templates do: `__API_KEY__`. */
  readonly app: string
  /** What it takes from elsewhere, by its own names for it. */
  readonly taken?: Readonly<Record<string, string>>
  readonly build: readonly [tool: string, ...args: string[]]
  /** What Node runs to serve it on a port. */
  readonly start: (port: string) => readonly string[]
}

/** Frameworks that render on the server. */
const frameworks: readonly Framework[] = [
  {
    name: 'Next',
    library: 'next',
    app: '../create/templates/next',
    build: ['next', 'build'],
    start: (port) => [bin('next'), 'start', '--port', port],
  },
  {
    name: 'Astro',
    library: 'astro',
    app: 'apps/astro',
    taken: { 'src/audius.js': 'apps/audius.js' },
    build: ['astro', 'build'],
    start: () => ['dist/server/entry.mjs'],
  },
  {
    name: 'SvelteKit',
    library: '@sveltejs/kit',
    app: 'apps/sveltekit',
    taken: {
      'src/routes/audius.js': 'apps/audius.js',
      'src/routes/+page.svelte': '../create/templates/svelte/src/App.svelte',
    },
    build: ['vite', 'build'],
    start: () => ['build/index.js'],
  },
  {
    name: 'Nuxt',
    library: 'nuxt',
    app: 'apps/nuxt',
    taken: { 'app/audius.js': 'apps/audius.js', 'app/app.vue': '../create/templates/vue/src/App.vue' },
    build: ['nuxt', 'build'],
    start: () => ['.output/server/index.mjs'],
  },
]

/** Writes a framework's app into a folder beside what is installed, and answers where. */
function written({ app, library, taken = {} }: Framework, filling: Readonly<Record<string, string>>): string {
  const folder = join(here, 'out', library)
  rmSync(folder, { recursive: true, force: true })
  cpSync(join(here, app), folder, { recursive: true })
  for (const [to, from] of Object.entries(taken)) cpSync(join(here, from), join(folder, to))
  // This folder's own settings are for its tests, and would be found.
  writeFileSync(join(here, 'out/tsconfig.json'), '{ "compilerOptions": { "jsx": "react-jsx" } }')
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const text = readFileSync(file, 'utf8')
    writeFileSync(
      file,
      text.replace(/__([A-Z_]+)__/g, (whole, name) => filling[name] ?? whole),
    )
  }
  return folder
}

/** The page as the server sends it, once it does. */
async function firstPage(url: string, app: ChildProcess): Promise<string> {
  for (;;) {
    if (app.exitCode !== null) throw new Error(`Its server ended with ${app.exitCode}.`)
    const page = await fetch(url).catch(() => null)
    if (page) return page.text()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test.each(frameworks)('$name renders on the server, and logs in by popup', async (framework) => {
  const port = String(await freePort())
  const redirectUri = `http://localhost:${port}/`
  const cwd = written(framework, {
    NAME: framework.name,
    PACKAGE: 'app',
    API_KEY: await server.register(framework.name, redirectUri),
    SERVER: server.url,
    BRAND: 'Audius',
    REDIRECT_URI: redirectUri,
  })
  const { PATH, HOME } = process.env
  const quiet = {
    CI: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    NUXT_TELEMETRY_DISABLED: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
  }
  const env = { PATH, HOME, NODE_ENV: 'production', HOST: 'localhost', PORT: port, ...quiet }
  const [tool, ...args] = framework.build
  await promisify(execFile)(bin(tool), args, { cwd, env })

  const running = spawn(process.execPath, framework.start(port), { cwd, env, stdio: 'ignore' })
  const exit = once(running, 'exit')
  onTestFinished(async () => {
    running.kill()
    await exit
  })
  expect(await firstPage(redirectUri, running)).toContain('One moment…')

  const page = await (await chromium.newContext()).newPage()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  page.on('console', (said) => said.type() === 'error' && faults.push(said.text()))
  const says = (words: string) => page.getByRole('status').filter({ hasText: words }).waitFor()
  await page.goto(redirectUri)
  await says('You are not logged in.')
  await logIn(page, nova)
  await says('Hello Nova')
  await page.reload()
  await says('Hello Nova')
  expect(faults).toEqual([])
  await page.context().close()
  works(
    framework.name,
    versionOf(framework.library),
    'rendered on the server, hydrated, a login by popup; a reload',
  )
})
