import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { ownServer } from '@stagedoor/testkit/server'
import { appAndBrowser, pairOf } from '@stagedoor/testkit/wire-app'
import { nova } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { managementToken } from './manager.ts'

test('nothing secret lies in the data folder, while it is served and afterwards (IN-5)', async () => {
  const folder = temporaryFolder()
  const server = await ownServer({ DATA_DIR: folder })
  const { app, browser } = await appAndBrowser(server)
  const login = await app.logIn(browser)
  const unused = await app.logIn(browser)
  const pair = pairOf(await app.exchange(login))
  const next = pairOf(await app.refresh(pair.refresh))
  const management = await managementToken(browser)
  const managed = await fetch(`${server.url}/v1/developer-apps`, {
    method: 'POST',
    headers: { authorization: `Bearer ${management}`, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(managed.status).toBe(400)
  const secrets = [
    management,
    ...[login, unused].flatMap(({ code, verifier }) => [code, verifier]),
    ...[pair, next].flatMap(({ access, refresh }) => [access, refresh]),
    ...browser.cookies.values(),
    nova.password,
  ]
  expect(secrets).toHaveLength(12)
  const check = () => {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
    expect(files).toContain(join(folder, 'stagedoor.db'))
    for (const file of files) {
      const bytes = readFileSync(file, 'latin1')
      expect(bytes).not.toMatch(/sd(?:at|mt|rt|ac|dc|se|rq|br|pr|ec)_[\w-]{49}/)
      for (const secret of secrets) expect(bytes.includes(secret)).toBe(false)
    }
  }
  check()
  await server.stop()
  check()
})
