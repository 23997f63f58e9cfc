import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileServer } from '@stagedoor/testkit/server'
import {
  type Browser,
  decoded,
  formTo,
  jun,
  type Shown,
  signedIn,
  wordsOf,
} from '@stagedoor/testkit/wire-browser'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { addApp } from '../store/world.ts'

const server = await fileServer()

/** An app of nova's, and the quickstart as a browser shows it. */
async function quickstart(redirectUris: readonly string[], name = 'Wave') {
  const owner = await server.store.findUserByHandle('nova')
  const apiKey = await addApp(server.store, { name, ownerId: owner?.id ?? 0, redirectUris })
  const browser = await signedIn(server.url)
  const path = `/developers/${apiKey}/quickstart`
  return { apiKey, browser, path, page: await browser.open(path) }
}

const snippet = ({ text }: Shown, id: string): string =>
  decoded(new RegExp(`<code id="${id}-text">([^<]*)</code>`).exec(text)?.[1] ?? '')

const all = ['web', 'react', 'expo', 'node', 'curl'] as const
const every = [
  'https://app.example/cb',
  'http://localhost:4321/',
  'http://127.0.0.1/cb',
  'com.example.app:/cb',
]

describe('the quickstart', () => {
  test('fills in the reader’s key, this server and the redirect URI that fits', async () => {
    const { apiKey, page } = await quickstart(every)
    for (const id of all) {
      expect(snippet(page, id), id).toContain(apiKey)
      if (id !== 'expo') expect(snippet(page, id), id).toContain(server.url)
      expect(page.text).toContain(`data-copy="${id}-text"`)
    }
    expect(snippet(page, 'web')).toContain('redirectUri: "http://localhost:4321/"')
    expect(snippet(page, 'node')).toContain('redirectUri: "http://127.0.0.1/cb"')
    expect(snippet(page, 'expo')).toContain('redirectUri: "com.example.app:/cb"')
    expect(page.text).toContain('&quot;scheme&quot;: &quot;com.example.app&quot;')
    expect(page.text).not.toContain('action="')
  })

  test('has every program installed from this server, as no registry may have it yet', async () => {
    const { page } = await quickstart(every)
    const words = wordsOf(page)
    expect(words.match(/npm install [^\s,]+/g)).toEqual(Array(3).fill(`npm install ${server.url}/sdk.tgz`))
    expect(page.text).not.toMatch(/install @stagedoor/)
  })

  test('tells a phone no localhost, which is the phone itself there', async () => {
    const { page } = await quickstart(every)
    const reached = `http://192.0.2.7:${server.port}`
    expect(snippet(page, 'expo')).toContain(`apiEndpoint: "${reached}"`)
    expect(snippet(page, 'expo')).not.toContain('localhost')
    expect(wordsOf(page)).toContain(`HOST=0.0.0.0 npx stagedoor dev --public-url ${reached}`)
  })

  test('says where each is served: here, or where the app has its page', async () => {
    const here = await quickstart(['https://app.example/cb', 'http://localhost:4321/'])
    expect(wordsOf(here.page)).toContain('run npx vite --port 4321 there, and open http://localhost:4321/')
    const there = await quickstart(['https://app.example/cb'])
    expect(wordsOf(there.page)).toContain('Serve it as the page https://app.example/cb, and open that')
    expect(wordsOf(there.page)).toContain('serve what npx vite build makes at https://app.example/cb')
    expect(there.page.text).not.toContain('--port')
  })

  test('registers by one button what a snippet needs and the app has not', async () => {
    const { apiKey, browser, page } = await quickstart([])
    const action = `/developers/${apiKey}/redirect-uris`
    const after = await browser.submit(formTo(page, action))
    expect(after.url).toContain('/quickstart?done=registered')
    expect(after.text).toContain('The redirect URI is registered')
    expect((await server.store.findApp(apiKey))?.redirectUris).toEqual(['http://localhost:5173/'])
  })

  test('is for the owner alone', async () => {
    const { path } = await quickstart(every)
    expect((await (await signedIn(server.url, jun)).open(path)).status).toBe(404)
  })

  test('writes programs whatever the app is called', async () => {
    const name = `</script><b>"'\`$(id)\${x}<!--`
    const { page } = await quickstart(every, name)
    expect(page.text).not.toContain('<b>')
    expect(snippet(page, 'web').match(/<\/script>/g)).toHaveLength(1)
    expect(snippet(page, 'web')).not.toContain('<!--')
    const script = /<script type="module">(.*)<\/script>/s.exec(snippet(page, 'web'))?.[1] ?? ''
    const programs = { web: script, react: '', expo: '', node: '' }
    for (const id of ['react', 'expo', 'node'] as const) programs[id] = snippet(page, id)
    for (const [id, program] of Object.entries(programs)) {
      const { diagnostics } = ts.transpileModule(program, {
        reportDiagnostics: true,
        fileName: `${id}.jsx`,
        compilerOptions: { jsx: ts.JsxEmit.ReactJSX, target: ts.ScriptTarget.ES2022, allowJs: true },
      })
      expect(
        diagnostics?.map(({ messageText }) => messageText),
        id,
      ).toEqual([])
      expect(program).toContain(`appName: ${JSON.stringify(name).replaceAll('<', '\\u003c')}`)
    }
  })
})

describe('the snippet for curl', () => {
  test.each(['https://app.example/cb', `https://app.example/it's/$HOME?tenant=1`])(
    'logs in when it is pasted into a shell, returning to %s',
    async (redirectUri) => {
      const { browser, page } = await quickstart([redirectUri], `App ${randomBytes(4).toString('hex')}`)
      const lines = await run(snippet(page, 'curl'), async (url) => codeOf(url, browser))
      expect(lines.join('\n')).toMatch(/"access_token":"sdat_/)
      expect(lines.join('\n')).toContain('"handle":"nova"')
    },
  )
})

describe('the SDK as one script', () => {
  test('is served to every page', async () => {
    const response = await fetch(`${server.url}/sdk.min.js`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600')
    expect(await response.text()).toContain('audiusSdk')
  })
})

/** Runs a shell as a person does: opens the first address it prints, and types the code. */
async function run(program: string, code: (url: string) => Promise<string>): Promise<readonly string[]> {
  const shell = spawn('bash', ['-c', program])
  const exit = once(shell, 'exit')
  const lines: string[] = []
  for await (const line of createInterface(shell.stdout)) {
    lines.push(line)
    if (lines.length === 1) shell.stdin.end(`${await code(line)}\n`)
  }
  await exit
  return lines
}

async function codeOf(url: string, browser: Browser): Promise<string> {
  const page = await browser.open(url.slice(server.url.length))
  const { leftFor } = await browser.allow(page)
  return new URL(leftFor ?? '').searchParams.get('code') ?? ''
}
