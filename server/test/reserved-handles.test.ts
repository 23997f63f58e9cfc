import { readdirSync, readFileSync } from 'node:fs'
import { fileServer } from '@stagedoor/testkit/server'
import { Browser, formTo } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'

const server = await fileServer()

/** Where paths of this server are written. */
const sources = [
  'endpoints/routes',
  'pages/account',
  'pages/developers',
  'pages/device',
  'pages/emulator',
  'http',
]

test('what this server has at its root is nobody’s handle', async () => {
  const files = sources.flatMap((folder) => {
    const path = new URL(`../src/${folder}/`, import.meta.url)
    return readdirSync(path)
      .filter((name) => (folder === 'http' ? /-files\.ts$/ : /\.ts$/).test(name))
      .map((name) => readFileSync(new URL(name, path), 'utf8'))
  })
  const roots = files.flatMap((text) =>
    Array.from(text.matchAll(/['`]\/([a-z\d_.]{3,30})(?=['`/])/g), ([, root = '']) => root),
  )
  expect(new Set(roots).size).toBeGreaterThan(15)
  for (const handle of new Set(roots)) {
    const browser = new Browser(server.url)
    const fields = { handle, name: 'Ada', email: `${handle}@example.com`, password: 'three odd words here' }
    const shown = await browser.submit(formTo(await browser.open('/sign-up'), '/sign-up'), fields)
    expect({ handle, isTaken: !shown.text.includes('This handle is reserved') }).toEqual({
      handle,
      isTaken: false,
    })
  }
})
