import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { Browser, formTo, nova, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'

const server = await fileServer()
const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(server.url + path, { headers, redirect: 'manual' })

/** Addresses of this server that some HTML leads to, in the order in which they stand there. */
const linksIn = (html: string): readonly string[] =>
  Array.from(html.matchAll(/ (?:href|src)="(\/[^"]*)"/g), ([, href = '']) => href)
const contents = linksIn(await (await get('/docs')).text())
const pages = [...new Set(contents.filter((href) => /^\/docs(?:\/|$)/.test(href)))].filter(
  (href) => !href.endsWith('.md') && href !== '/docs/search',
)

test('every page is there, for people and as Markdown, and keeps the policy of all pages', async () => {
  expect(pages.length).toBeGreaterThan(15)
  for (const page of pages) {
    const shown = await get(page)
    expect({ page, status: shown.status }).toEqual({ page, status: 200 })
    expect(shown.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/)
    expect(shown.headers.get('content-security-policy')).not.toContain('unsafe')
    const markdown = await get(page === '/docs' ? '/docs/index.md' : `${page}.md`)
    expect({ page, type: markdown.headers.get('content-type') }).toEqual({
      page,
      type: 'text/markdown; charset=utf-8',
    })
    expect(await markdown.text()).toMatch(/^# /)
  }
})

test('no page leads nowhere, and none loads more than 150 kB at first', async () => {
  const answers = new Map<string, Buffer>()
  const bytesOf = async (path: string) => {
    const known = answers.get(path)
    if (known !== undefined) return known
    const answer = await get(path, { accept: 'text/html' })
    if (answer.status !== 200 && answer.status !== 303) throw new Error(`${path} answers ${answer.status}`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    answers.set(path, bytes)
    return bytes
  }
  const textOf = async (path: string) => String(await bytesOf(path))
  const idsOf = new Map<string, ReadonlySet<string>>()
  const isOn = async (path: string, id: string) => {
    const ids =
      idsOf.get(path) ??
      new Set(Array.from((await textOf(path)).matchAll(/ id="([^"]+)"/g), ([, id]) => id ?? ''))
    idsOf.set(path, ids)
    return ids.has(id)
  }
  // Those of the reference, too, which others lead to.
  const reached = new Set([...pages, '/sdk'])
  for (const page of reached) {
    const html = await textOf(page)
    expect(/\[object| style="|<script>/.exec(html)).toBeNull()
    let loaded = html.length
    for (const link of new Set(linksIn(html))) {
      const [path = '', fragment] = link.replaceAll('&amp;', '&').split('#')
      const bytes = await bytesOf(path)
      if (path.startsWith('/assets/')) loaded += bytes.length
      if (path.startsWith('/docs/') && !/\.\w+$/.test(path)) reached.add(path)
      if (fragment) expect({ page, link, is: await isOn(path, fragment) }).toEqual({ page, link, is: true })
    }
    expect({ page, small: loaded < 150_000, loaded }).toMatchObject({ page, small: true })
  }
})

test('snippets name the server that shows them, but where a server is set up', async () => {
  const page = await (await get('/docs/sdk')).text()
  expect(page).toContain(`npm install ${server.url}/sdk.tgz`)
  expect(page).not.toContain('http://localhost:4400')
  expect(await (await get('/docs/sdk.md')).text()).toContain(`npm install ${server.url}/sdk.tgz`)
})

test('a page is sent once to who has it', async () => {
  const etag = (await get('/docs/sdk')).headers.get('etag') ?? ''
  const again = await get('/docs/sdk', { 'if-none-match': etag })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test('the keys of apps are told to their owner alone, and kept by nobody', async () => {
  const browser = await signedIn(server.url, nova)
  await browser.submit(formTo(await browser.open('/developers'), '/developers'), { name: 'Docs App' })
  const mine = await browser.open('/docs/keys.json')
  expect(mine.text).toContain('Docs App')
  const nobody = await get('/docs/keys.json')
  expect([await nobody.json(), nobody.headers.get('cache-control')]).toEqual([{ apps: [] }, 'no-store'])
})

test('the search works without a script, and an unknown page is one', async () => {
  const found = await new Browser(server.url).open('/docs/search?q=popup+blocked')
  expect(found.text).toContain('class="hits"')
  const nothing = await new Browser(server.url).open('/docs/search?q=zzzzzzzz')
  expect(nothing.text).toContain('Nothing fits “zzzzzzzz”')
  expect((await get('/docs/nowhere')).status).toBe(404)
})

test('below every page stand the links that the operator set, and no others', async () => {
  const own = await ownServer({
    TERMS_URL: 'https://example.com/terms',
    SUPPORT_URL: 'mailto:help@example.com',
  })
  for (const path of ['/', '/sign-in', '/docs', '/nowhere']) {
    const html = await (await fetch(own.url + path, { headers: { accept: 'text/html' } })).text()
    const footer = /<footer>(.*?)<\/footer>/s.exec(html)?.[1]
    expect(footer).toBe(
      '<a href="https://example.com/terms">Terms</a><a href="mailto:help@example.com">Support</a>',
    )
  }
  expect(await (await get('/')).text()).not.toContain('<footer>')
  expect(() => readConfig({ SUPPORT_URL: 'javascript:alert(1)' }, 'development')).toThrow('SUPPORT_URL')
})

test('a password manager finds where the password is changed', async () => {
  const answer = await get('/.well-known/change-password')
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/account/security'])
})
