import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { pairOf } from '@stagedoor/testkit/wire-app'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { nodes } from './nodes.ts'

if (spawnSync('pgbouncer', ['--version']).status !== 0)
  throw new Error('PgBouncer is not installed: install it by apt-get install pgbouncer.')

/** A PgBouncer that hands the connections of a database out by transaction; answers the database's URL through it. */
async function pooled(database: string): Promise<string> {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  const { hostname, port, username, password, pathname } = new URL(database)
  const front = await freePort()
  writeFileSync(join(folder, 'users'), `"${username}" "${password}"\n`)
  const settings = [
    '[databases]',
    `* = host=${hostname} port=${port}`,
    '[pgbouncer]',
    'listen_addr = localhost',
    `listen_port = ${front}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${join(folder, 'users')}`,
    'pool_mode = transaction',
    'default_pool_size = 4',
  ]
  writeFileSync(join(folder, 'ini'), `${settings.join('\n')}\n`)
  // It does not run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const pooler = spawn('pgbouncer', ['-q', ...user, join(folder, 'ini')], { stdio: 'ignore' })
  const exit = once(pooler, 'exit')
  onTestFinished(async () => {
    pooler.kill('SIGKILL')
    await exit
  })
  const url = `postgres://${username}:${password}@localhost:${front}${pathname}`
  await expect.poll(() => takesConnections(url)).toBe(true)
  return url
}

async function takesConnections(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

test('through a PgBouncer that hands connections out by transaction, logins are what they are without', {
  timeout: 90_000,
}, async () => {
  const { apps, home, browser } = await nodes(2, { DATABASE_PREPARES: 'false' }, pooled)
  const [a, b] = apps
  if (!a || !b) throw new Error('There are not two nodes')
  const login = await home.logIn(browser)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? a : b).exchange(login)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)])

  const pairs = await Promise.all(Array.from({ length: 8 }, () => home.pair(browser)))
  const next = await Promise.all(pairs.map(async ({ refresh }) => pairOf(await a.refresh(refresh))))
  for (const { access } of next) expect(await b.me(access)).toBe(200)
  const revoked = await Promise.all(next.map(({ refresh }) => b.revoke(refresh)))
  expect(revoked.map(({ status }) => status)).toEqual(Array(8).fill(200))
  for (const { access, refresh } of next) {
    expect(await a.me(access)).toBe(401)
    expect((await a.refresh(refresh)).status).toBe(400)
  }
})
