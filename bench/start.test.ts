import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { freePort } from '@stagedoor/testkit/ports'
import { expect, onTestFinished, test } from 'vitest'
import { thisCheckout } from './speed/processes.ts'

const told = "process.on('exit', () => console.error(process.moduleLoadList.join('\\n')))"
const program = [
  ...['--import', `data:text/javascript,${encodeURIComponent(told)}`],
  join(thisCheckout, 'server/bin/stagedoor.mjs'),
]
const modulesIn = (errors: string) => errors.split('\n').map((line) => line.replace('NativeModule ', ''))

test('a server loads nothing that speaks TLS or HTTP/2, nor what is behind fetch, before it needs it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-start-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const port = String(await freePort())
  const server = spawn(process.execPath, [...program, 'serve', '--json'], {
    env: { PUBLIC_URL: `http://localhost:${port}`, PORT: port, DATA_DIR: folder, LOG_LEVEL: 'silent' },
  })
  const errors = text(server.stderr)
  await once(server.stdout, 'data')
  server.kill('SIGTERM')
  const loaded = modulesIn(await errors)
  expect(loaded).toContain('http')
  expect(
    loaded.filter((name) => ['tls', 'https', 'http2', 'internal/deps/undici/undici'].includes(name)),
  ).toEqual([])
})

test('what says which commands there are loads none of them', async () => {
  const { stderr } = await promisify(execFile)(process.execPath, [...program, '--help'])
  const loaded = modulesIn(stderr)
  expect(loaded).toContain('crypto')
  expect(loaded.filter((name) => ['http', 'sqlite'].includes(name))).toEqual([])
})
