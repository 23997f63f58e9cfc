import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { thisCheckout } from './speed/processes.ts'

test('the program loads nothing that speaks TLS or HTTP/2, nor what is behind fetch, before it needs it', async () => {
  const told = "process.on('exit', () => console.error(process.moduleLoadList.join('\\n')))"
  const { stderr } = await promisify(execFile)(process.execPath, [
    ...['--import', `data:text/javascript,${encodeURIComponent(told)}`],
    ...[join(thisCheckout, 'server/bin/stagedoor.mjs'), '--help'],
  ])
  const loaded = stderr.split('\n').map((line) => line.replace('NativeModule ', ''))
  expect(loaded).toContain('http')
  expect(
    loaded.filter((name) => ['tls', 'https', 'http2', 'internal/deps/undici/undici'].includes(name)),
  ).toEqual([])
})
