import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { expect, test } from 'vitest'
import { resources } from '../../src/api/resources.ts'

const server = await fileServer()

async function read(path: string, at = server) {
  const response = await fetch(at.url + path)
  return { type: response.headers.get('content-type'), status: response.status, text: await response.text() }
}

test('the docs of the API are there as Markdown, every call of them', async () => {
  const { type, text } = await read('/docs/api.md')
  expect(type).toBe('text/markdown; charset=utf-8')
  const headings = Array.from(text.matchAll(/^### ([A-Z]+ \S+)$/gm), ([, call]) => call)
  expect(headings.toSorted()).toEqual(resources.map(({ method, path }) => `${method} ${path}`).toSorted())
  expect(text).not.toMatch(/undefined|\[object/)
  expect(text).toContain('- `query`')
})

test('llms.txt leads to what is there, and to nothing else', async () => {
  for (const at of [server, await ownServer({ OPENID_CONNECT: 'false', BRAND_NAME: 'Lyre' })]) {
    const { type, text } = await read('/llms.txt', at)
    expect(type).toBe('text/plain; charset=utf-8')
    expect(text).toMatch(/^# Log in with (?:Audius|Lyre)\n\n> /)
    const links = Array.from(text.matchAll(/\]\(([^)]+)\)/g), ([, address = '']) => address)
    expect(links.length).toBeGreaterThan(4)
    for (const link of links)
      expect({ link, status: (await fetch(link)).status }).toEqual({ link, status: 200 })
  }
})
