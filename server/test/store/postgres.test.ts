import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { postgresMigrations } from '../../src/store/postgres/ddl.ts'
import { failureOf } from '../../src/store/postgres/failure.ts'
import { toDatabase, types } from '../../src/store/postgres/values.ts'
import { migrations } from '../../src/store/sql/migrations.ts'

// What needs a PostgreSQL is in postgres-test/.

test('every migration has PostgreSQL’s words for SQLite’s', () => {
  expect(postgresMigrations).toHaveLength(migrations.length)
  const left = /\b(STRICT|WITHOUT ROWID|AUTOINCREMENT|BLOB|INTEGER|REAL|randomblob|PRAGMA|email_key\()/
  expect(postgresMigrations.filter((migration) => left.test(migration))).toEqual([])
})

test.each([
  ['40001', 'conflict'],
  ['40P01', 'conflict'],
  ['23505', 'duplicate'],
  ['57P01', 'lost'],
  ['08006', 'lost'],
  ['ECONNRESET', 'lost'],
  ['EPIPE', 'lost'],
  [undefined, 'lost'],
  ['53300', 'unavailable'],
  ['25006', 'unavailable'],
  ['28P01', 'unavailable'],
  ['42501', 'unavailable'],
  ['23503', 'fault'],
  ['42601', 'fault'],
])('an error of code %s is %s', (code, failure) => {
  expect(failureOf(Object.assign(new Error('x'), { code }))).toBe(failure)
})

test('values are what SQLite has them be', () => {
  const parsed = ([oid, text]: readonly [number, string]) => types.getTypeParser(oid)(text)
  const answered = [
    [20, '9007199254740991'],
    [1700, '12'],
    [701, '0.5'],
    [16, 't'],
    [25, 'text'],
  ] as const
  expect(answered.map(parsed)).toEqual([9007199254740991, 12, 0.5, 1, 'text'])
  expect(parsed([17, '\\x00ff'])).toEqual(new Uint8Array([0, 255]))
  expect(toDatabase('a\0b')).toBe('a\u{FFFD}b')
})

test('a database and a bucket are read from their URLs, and what is none is refused without a password', () => {
  const read = (settings: Record<string, string>) => readConfig(settings, 'development')
  const url = 'postgres://me:pass-phrase@db.example.com/stagedoor'
  expect(read({ DATABASE_URL: url }).database).toEqual({ url, connections: 10, prepares: true })
  expect(read({ MEDIA_URL: 's3://media/served?region=eu-central-1' }).media).toEqual({
    bucket: 'media',
    prefix: 'served/',
    region: 'eu-central-1',
    endpoint: null,
  })
  for (const wrong of [
    'mysql://me:pass-phrase@host/x',
    'postgres://me:pass-phrase@one,two/x',
    'postgres://me:pass-phrase@host/x?sslmode=verifyfull',
  ])
    expect(() => read({ DATABASE_URL: wrong })).toThrow(
      /^DATABASE_URL is not such a URL\. Set it to postgres:/,
    )
  expect(() => read({ MEDIA_URL: 's3://media?secret=x' })).toThrow(/^MEDIA_URL is/)
})
