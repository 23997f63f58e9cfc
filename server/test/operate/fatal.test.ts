import { join } from 'node:path'
import { installation, served, temporaryFolder } from '@stagedoor/testkit/command'
import { expect, test } from 'vitest'
import { expectSound } from '../store/files.ts'

/** Runs a script inside the server when it gets SIGUSR2. */
const onSignal = (script: string): string =>
  `--import data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => { ${script} })`)}`

test.each([
  ['an exception that nothing catches', "throw new Error('unexpected')"],
  ['a rejection that nothing handles', "Promise.reject(new Error('unexpected'))"],
])('%s ends the server well, with code 1, and is logged (F-21)', async (_, script) => {
  const folder = temporaryFolder()
  const server = await served(['serve'], {
    ...(await installation(folder)),
    NODE_OPTIONS: onSignal(script),
    LOG_LEVEL: 'silent',
  })
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  expect(await server.end('SIGUSR2')).toEqual([1, null])
  expect(server.log()).toMatch(/"level":60.*unexpected.*an error that nothing caught/)
  expectSound(join(folder, 'stagedoor.db'))
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed')
})

test('a second error while the server ends is waited for no longer', async () => {
  const folder = temporaryFolder()
  const server = await served(['serve'], {
    ...(await installation(folder)),
    NODE_OPTIONS: onSignal("setInterval(() => { throw new Error('again') }, 1)"),
  })
  expect(await server.end('SIGUSR2')).toEqual([1, null])
})
