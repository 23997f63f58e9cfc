import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { fileURLToPath } from 'node:url'
import { fileServer } from '@stagedoor/testkit/server'
import { appAndBrowser, pairOf } from '@stagedoor/testkit/wire-app'
import { expect, test, vi } from 'vitest'

// What a server does every minute is no part of a request.
vi.useFakeTimers({ toFake: ['setInterval'] })
const server = await fileServer()
vi.useRealTimers()
const { app, browser } = await appAndBrowser(server)
const sources = new URL('../src/', import.meta.url)

/** The files of the server in which a function ran while something was done. */
async function filesRunBy(action: () => Promise<unknown>): Promise<readonly string[]> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  await action()
  const { result } = await session.post('Profiler.takePreciseCoverage')
  session.disconnect()
  return result
    .filter(({ functions }) => functions.some(({ ranges }) => ranges.some(({ count }) => count > 0)))
    .map(({ url }) => (url.startsWith('file:') ? fileURLToPath(url) : url))
    .filter((path) => path.startsWith(fileURLToPath(sources)))
    .map((path) => path.slice(fileURLToPath(sources).length))
    .sort()
}

/** What speaks OAuth among them; HTTP, the store, secrets, limits and what is recorded stand around it. */
const isProtocol = (path: string) => path === 'endpoints/oauth.ts' || path.startsWith('oauth/')

const linesOf = (path: string) => readFileSync(new URL(path, sources), 'utf8').split('\n').length - 1

const logins = [await app.logIn(browser), await app.logIn(browser), await app.logIn(browser)]
const refreshes: string[] = []
for (let count = 0; count < 3; count += 1)
  refreshes.push(pairOf(await app.exchange(await app.logIn(browser))).refresh)

test.each([
  ['an exchange', logins.map((login) => () => app.exchange(login))],
  ['a refresh', refreshes.map((token) => () => app.refresh(token))],
])('%s passes eight files of protocol at most, of 400 lines', async (what, asks) => {
  // What else the process does meanwhile ran beside one of the three, and not beside each.
  const runs: (readonly string[])[] = []
  for (const ask of asks) runs.push(await filesRunBy(ask))
  const [first = [], ...others] = runs
  const files = first
    .filter((path) => isProtocol(path) && others.every((run) => run.includes(path)))
    .map((path) => ({ path, lines: linesOf(path) }))
  const lines = files.reduce((sum, file) => sum + file.lines, 0)
  const list = files.map((file) => `  ${file.path} (${file.lines})`)
  console.log([`${what}: ${files.length} files, ${lines} lines`, ...list].join('\n'))
  expect(files.length).toBeGreaterThan(4)
  expect(files.length).toBeLessThanOrEqual(8)
  expect(lines).toBeLessThanOrEqual(400)
})
