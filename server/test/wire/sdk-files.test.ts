import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
const packages = ['/sdk.tgz', `/sdk-${sdk.version}.tgz`]
const kept = 'public, max-age=31536000, immutable'

describe('the SDK is handed out to pages and programs of any origin:', () => {
  test.each([
    ...scripts.map((path) => [path, 'text/javascript; charset=utf-8', 'public, max-age=3600'] as const),
    ['/sdk.tgz', 'application/gzip', 'no-cache'],
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

test('the page about the SDK names this server in every way to take it', async () => {
  const page = await new Browser(server.url).open('/sdk')
  const words = wordsOf(page)
  for (const way of [`npm install ${server.url}/sdk.tgz`, 'sdk/browser.mjs', 'sdk.min.js', 'button.min.js'])
    expect(words).toContain(way)
  expect(words).toContain(`${server.url}/sdk-${sdk.version}.tgz`)
})
