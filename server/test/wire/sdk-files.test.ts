import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fileServer } from '@stagedoor/testkit/server'
import { Browser, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import sdk from '../../../sdk/package.json' with { type: 'json' }

const npm = promisify(execFile)
const server = await fileServer()
const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(server.url + path, { headers })
const bytesOf = async (path: string) => Buffer.from(await (await get(path)).arrayBuffer())

const scripts = ['/sdk.min.js', '/button.min.js', '/sdk/browser.mjs', '/sdk/react.mjs', '/sdk/button.mjs']
const packages = ['/sdk.tgz', `/sdk-${sdk.version}.tgz`, '/create.tgz']
const kept = 'public, max-age=31536000, immutable'

describe('the SDK is handed out to pages and programs of any origin:', () => {
  test.each([
    ...scripts.map((path) => [path, 'text/javascript; charset=utf-8', 'public, max-age=3600'] as const),
    ['/sdk.tgz', 'application/gzip', 'no-cache'],
    ['/create.tgz', 'application/gzip', 'no-cache'],
    [`/sdk-${sdk.version}.tgz`, 'application/gzip', kept],
  ] as const)('%s', async (path, type, keeping) => {
    const response = await get(path, { origin: 'https://app.example' })
    const said = Object.fromEntries(response.headers)
    expect(response.status).toBe(200)
    expect(said).toMatchObject({
      'content-type': type,
      'cache-control': keeping,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    })
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(500)
  })

  test.each([...scripts, ...packages])('%s is not sent again to whoever has it', async (path) => {
    const etag = (await get(path)).headers.get('etag') ?? ''
    const again = await get(path, { 'if-none-match': `"another", W/${etag}` })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    expect((await get(path, { 'if-none-match': '"another"' })).status).toBe(200)
  })

  test('what a module loads later is there, under a name that changes with its bytes', async () => {
    const chunks = (await (await get('/sdk/browser.mjs')).text()).matchAll(
      /import\(["'`]\.\/([^"'`]+)["'`]\)/g,
    )
    const names = [...chunks].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(1)
    for (const name of names) {
      const response = await get(`/sdk/${name}`)
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, kept])
    }
  })

  test.each(['/sdk-0.0.0.tgz', '/sdk/node.mjs', '/sdk/nothing.mjs'])('%s is not there', async (path) => {
    expect((await get(path)).status).toBe(404)
  })
})

describe('the package', () => {
  test('is the same by its version, and installs from an empty folder', async () => {
    const [latest, versioned] = [await bytesOf('/sdk.tgz'), await bytesOf(`/sdk-${sdk.version}.tgz`)]
    expect(latest.equals(versioned)).toBe(true)
    const folder = mkdtempSync(join(tmpdir(), 'stagedoor-install-'))
    try {
      const quiet = ['--no-audit', '--no-fund', '--silent', '--cache', join(folder, 'cache')]
      const specs = ['', '@audius/sdk@'].map((name) => `${name}${server.url}/sdk.tgz`)
      await npm('npm', ['install', ...specs, ...quiet], { cwd: folder })
      for (const name of ['@stagedoor/sdk', '@audius/sdk']) {
        const installed = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')
        expect(JSON.parse(installed)).toEqual(JSON.parse(JSON.stringify(sdk)))
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('has the same bytes whenever it is packed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stagedoor-pack-'))
    try {
      await npm('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
        cwd: join(import.meta.dirname, '../../../sdk'),
      })
      const packed = readFileSync(join(folder, `stagedoor-sdk-${sdk.version}.tgz`))
      expect(packed.equals(await bytesOf('/sdk.tgz'))).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('the package that makes apps', () => {
  const templates = ['vanilla', 'vite-react', 'next', 'vue', 'svelte', 'expo', 'node']

  test('knows this server, and writes its address into every template (D2)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stagedoor-create-'))
    const create = (...args: string[]) =>
      npm('npx', ['--yes', '--cache', join(folder, 'cache'), `${server.url}/create.tgz`, ...args], {
        cwd: folder,
      }).then(
        ({ stdout }) => stdout,
        ({ stdout }: { stdout: string }) => `refused: ${stdout}`,
      )
    try {
      expect(await create('app')).toContain(`Make an app at ${server.url}/developers`)
      for (const template of templates) {
        const key = ['--api-key', 'a'.repeat(40)]
        expect(await create(template, '--template', template, ...key)).toContain(`logs in at ${server.url}`)
        const manifest = JSON.parse(readFileSync(join(folder, template, 'package.json'), 'utf8'))
        expect(manifest).toMatchObject({
          name: template,
          dependencies: { '@stagedoor/sdk': `${server.url}/sdk.tgz` },
        })
        for (const file of readdirSync(join(folder, template), { recursive: true, withFileTypes: true }))
          if (file.isFile()) {
            const text = readFileSync(join(file.parentPath, file.name), 'utf8')
            expect(text).not.toMatch(/__[A-Z]+__/)
            if (/^(index\.html|layout\.jsx)$/.test(file.name)) expect(text, template).toMatch(/icon.*data:,/)
          }
      }
      expect(await create('node', '--api-key', 'a'.repeat(40))).toMatch(/^refused: .*is not empty/)
      expect(await create('other', '--template', 'toString')).toMatch(
        /^refused: There is no template toString/,
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

test('the page about the SDK names this server in every way to take it', async () => {
  const page = await new Browser(server.url).open('/sdk')
  const words = wordsOf(page)
  for (const way of [
    `npx --yes ${server.url}/create.tgz my-app`,
    `npm install ${server.url}/sdk.tgz`,
    'sdk/browser.mjs',
    'sdk.min.js',
    'button.min.js',
  ])
    expect(words).toContain(way)
  expect(words).toContain(`${server.url}/sdk-${sdk.version}.tgz`)
})
