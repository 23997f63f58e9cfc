import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stagedoor } from '@stagedoor/testkit/command'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { startCluster } from './cluster.ts'

const openssl = (folder: string, ...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']

/** Makes a CA of its own, as `NAME.pem`; all of them have the same subject. */
function makeAuthority(folder: string, name: string): void {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`]
  openssl(folder, 'req', '-x509', ...key, ...files, '-subj', '/CN=CA of a test')
}

/** A cluster whose certificate is for localhost alone, by the CA in `ca.pem`. */
async function clusterWithTls(folder: string) {
  const cluster = await startCluster('off')
  makeAuthority(folder, 'ca')
  makeAuthority(folder, 'other')
  openssl(folder, 'req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost')
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names']
  openssl(folder, 'x509', '-req', '-in', 'server.csr', '-out', 'server.crt', ...signed)
  const { uid, gid } = statSync(cluster.databaseDir)
  for (const name of ['server.key', 'server.crt']) {
    const file = join(cluster.databaseDir, name)
    execFileSync('cp', [join(folder, name), file])
    chmodSync(file, 0o600)
    chownSync(file, uid, gid)
  }
  await cluster.server.createDatabase('installation')
  return cluster
}

async function turnOn(url: URL): Promise<void> {
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query({ text: 'ALTER SYSTEM SET ssl = on' })
  await client.query({ text: 'SELECT pg_reload_conf()' })
  await client.end()
}

let url: URL
let folder: string

const migrated = (host: string, query: string) => {
  const database = new URL(url)
  database.hostname = host
  database.search = query
  const settings = { DATABASE_URL: database.href, KEY_SECRET: 'a key secret of thirty-two characters' }
  return stagedoor(['migrate'], settings)
}
const verified = (ca: string) => `sslmode=verify-full&sslrootcert=${join(folder, ca)}`
const refused = (words: RegExp) => ({ code: 1, out: '', err: expect.stringMatching(words) })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stagedoor-tls-'))
  const cluster = await clusterWithTls(folder)
  url = new URL(`${cluster.url}/installation`)
  return async () => {
    await cluster.end()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a database whose TLS is not what was asked for ends the start with a sentence that says what to do', {
  timeout: 90_000,
}, async () => {
  expect(await migrated('localhost', verified('ca.pem'))).toEqual(
    refused(/^The database takes no TLS.*Set ssl = on/),
  )
  await turnOn(url)
  // A reload takes its time.
  await expect.poll(async () => (await migrated('localhost', verified('ca.pem'))).err).toBe('')
  const unknown = refused(/^The database's certificate is by nobody.*&sslrootcert=/)
  expect(await migrated('localhost', verified('other.pem'))).toEqual(unknown)
  expect(await migrated('localhost', 'sslmode=verify-full')).toEqual(unknown)
  expect(await migrated('127.0.0.1', verified('ca.pem'))).toEqual(
    refused(/^The database's certificate is for another host\. Name in DATABASE_URL/),
  )
  // Unlike psql's, it verifies.
  const required = await migrated('localhost', 'sslmode=require')
  expect(required).toMatchObject({ code: 1, err: expect.stringMatching(/certificate is by nobody/) })
})
