import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { command, temporaryFolder } from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { fileServer } from '@stagedoor/testkit/server'
import { expect, onTestFinished, test } from 'vitest'

const server = await fileServer()

/** What the doctor finds in an installation with these settings, by name. */
async function found(settings: Readonly<Record<string, string>>) {
  const { code, out } = await command(['doctor', '--json'], { settings })
  const { findings }: { findings: readonly { name: string; status: string; words: string }[] } =
    JSON.parse(out)
  return { code, of: (name: string) => findings.filter((finding) => finding.name === name) }
}

test('finds all right where it is', async () => {
  const { code, of } = await found({ PUBLIC_URL: server.url, DATA_DIR: temporaryFolder() })
  expect(code).toBe(0)
  for (const name of ['settings', 'data folder', 'database', 'public address'])
    expect(of(name)).toMatchObject([{ status: 'right' }])
})

test('says of each thing that is wrong what to do', async () => {
  const folder = temporaryFolder()
  writeFileSync(
    join(folder, 'stagedoor.db'),
    'this is no database at all, whatever its name says. '.repeat(100),
  )
  const closed = await freePort()
  const { code, of } = await found({
    PUBLIC_URL: `http://localhost:${closed}`,
    DATA_DIR: folder,
    SMTP_URL: `smtp://localhost:${closed}`,
    MAIL_FROM: 'a@example.com',
    BRANDNAME: 'Lyre',
  })
  expect(code).toBe(1)
  expect(of('database')).toMatchObject([{ status: 'wrong' }])
  expect(of('mail')).toMatchObject([{ status: 'wrong', words: expect.stringContaining('Check SMTP_URL') }])
  expect(of('public address')).toMatchObject([{ status: 'look' }])
  expect(of('settings')[0]?.words).toBe('BRANDNAME is no setting. Perhaps BRAND_NAME is meant.')
})

test('names a server that answers at the address of another', async () => {
  const other = server.url.replace('localhost', '127.0.0.1')
  const { of } = await found({ PUBLIC_URL: other, DATA_DIR: temporaryFolder() })
  expect(of('public address')).toMatchObject([
    { status: 'wrong', words: expect.stringContaining('Host header') },
  ])
})

test('says of a proxy that reaches no server to ask again while one runs', async () => {
  const proxy = createServer((_, response) => response.writeHead(502).end())
  onTestFinished(() => void proxy.close())
  const port = await freePort()
  await once(proxy.listen(port, 'localhost'), 'listening')
  const { code, of } = await found({ PUBLIC_URL: `http://localhost:${port}`, DATA_DIR: temporaryFolder() })
  expect(code).toBe(0)
  expect(of('public address')).toMatchObject([{ status: 'look', words: expect.stringContaining('(502)') }])
})

test('reads no further where a setting is missing', async () => {
  const { code, of } = await found({ PUBLIC_URL: 'https://login.example.com' })
  expect(code).toBe(1)
  expect(of('settings').map(({ words }) => words.split(' ')[0])).toEqual(['DATA_DIR', 'TRUSTED_PROXIES'])
})
