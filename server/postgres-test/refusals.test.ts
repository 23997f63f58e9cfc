import { stagedoor, temporaryFolder } from '@stagedoor/testkit/command'
import pg from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'

const cluster = new URL(`${inject('postgres')}/postgres`)

/** Runs statements as the owner of the cluster. */
async function asOwner(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.href })
  await client.connect()
  for (const text of statements) await client.query({ text })
  await client.end()
}

const migrated = (change: (url: URL) => void) => {
  const url = new URL(cluster)
  change(url)
  const settings = { DATABASE_URL: url.href, KEY_SECRET: 'a key secret of thirty-two characters' }
  return stagedoor(['migrate', '--data-dir', temporaryFolder()], settings)
}
const refused = (words: RegExp) => ({ code: 1, out: '', err: expect.stringMatching(words) })

test.each<readonly [what: string, change: (url: URL) => void, words: RegExp]>([
  [
    'whose password is another',
    (url) => {
      url.password = 'another'
    },
    /^The database refuses the user or the password\. Correct them in DATABASE_URL/,
  ],
  [
    'that is not there',
    (url) => {
      url.pathname = '/nowhere'
    },
    /^The database that DATABASE_URL names is not there\. Make it: CREATE DATABASE/,
  ],
  [
    'whose host has no address',
    (url) => {
      url.hostname = 'database.invalid'
    },
    /^The host of DATABASE_URL has no address\. Correct it/,
  ],
  [
    'where nothing listens',
    (url) => {
      url.port = '1'
    },
    /^The database does not answer \(.*ECONNREFUSED.*\)\. stagedoor doctor tries each setting\.\n$/,
  ],
])('a database %s ends the start with words for its operator', async (_, change, words) => {
  expect(await migrated(change)).toEqual(refused(words))
})

test('a database that is not in UTF-8 is refused before anything is written to it', async () => {
  await asOwner("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
  onTestFinished(() => asOwner('DROP DATABASE latin'))
  const inLatin = (url: URL) => {
    url.pathname = '/latin'
  }
  expect(await migrated(inLatin)).toEqual(refused(/^The database is not in UTF-8.*CREATE DATABASE/))
})

test('a user who may make no tables is told so, and works on tables that another has made', async () => {
  await asOwner(
    "CREATE ROLE reader LOGIN PASSWORD 'a pass-phrase'",
    'CREATE DATABASE restricted TEMPLATE template0',
  )
  onTestFinished(() => asOwner('DROP DATABASE restricted WITH (FORCE)', 'DROP ROLE reader'))
  const asReader = (url: URL) => {
    url.pathname = '/restricted'
    url.username = 'reader'
    url.password = 'a pass-phrase'
  }
  expect(await migrated(asReader)).toEqual(refused(/^The user of DATABASE_URL may not do in the database/))

  const byOwner = await migrated((url) => {
    url.pathname = '/restricted'
  })
  expect(byOwner.err).toBe('')
  const client = new pg.Client({ connectionString: new URL('/restricted', cluster).href })
  await client.connect()
  await client.query({
    text: 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO reader',
  })
  await client.end()
  expect((await migrated(asReader)).err).toBe('')
})
