import { openSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { StoreUnavailable } from '../../src/store/contract/errors.ts'
import { createUser } from '../../src/store/sql/accounts/users.ts'
import { migrations } from '../../src/store/sql/migrations.ts'
import { keepRequest } from '../../src/store/sql/oauth/requests.ts'
import { followChanges } from '../../src/store/sqlite/changes.ts'
import { openDatabase } from '../../src/store/sqlite/database.ts'
import { createGroupCommit } from '../../src/store/sqlite/group-commit.ts'
import { createRunner } from '../../src/store/sqlite/runner.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { connect, expectSound, temporaryFile } from './files.ts'
import { addUser, newUser, pendingRequest } from './world.ts'

/** A group commit whose connection the test can put limits on. */
function openLimited() {
  const file = temporaryFile()
  const { database } = openDatabase(file)
  const group = createGroupCommit(database, createRunner(database, followChanges(database)), 1_000)
  const long = 'x'.repeat(2_000)
  const verbs = {
    user: () => createUser(newUser({ name: long })),
    request: () => keepRequest(pendingRequest({ state: long })),
  }
  const write = (noun: keyof typeof verbs, count: number) =>
    Promise.allSettled(Array.from({ length: count }, () => group.write<unknown>(verbs[noun])))
  const count = () =>
    Object.values(
      database.prepare('SELECT (SELECT count(*) FROM users) + count(*) FROM authorization_requests').get() ??
        {},
    )[0]
  return { file, database, write, count }
}

const isUnavailable = (answer: PromiseSettledResult<unknown> | undefined) =>
  answer?.status === 'rejected' && answer.reason instanceof StoreUnavailable

describe('a database that fails', () => {
  for (const noun of ['user', 'request'] as const) {
    test(`when full for a ${noun}, rejects the whole commit, keeps nothing of it, and heals`, async () => {
      const { file, database, write, count } = openLimited()
      await write(noun, 1)
      const pages = Object.values(database.prepare('PRAGMA page_count').get() ?? {})[0]
      database.exec(`PRAGMA max_page_count = ${Number(pages) + 2}`)
      expect((await write(noun, 32)).every(isUnavailable)).toBe(true)
      expect((await write(noun, 32)).every(isUnavailable)).toBe(true)
      expect(count()).toBe(1)
      database.exec('PRAGMA max_page_count = 1000000')
      expect((await write(noun, 32)).some(isUnavailable)).toBe(false)
      expect(count()).toBe(33)
      database.close()
      expectSound(file)
    })
  }

  test('when read-only, rejects writes, answers reads, and heals (F-9)', async () => {
    const { database, write, count } = openLimited()
    await write('user', 1)
    database.exec('PRAGMA query_only = ON')
    expect((await write('user', 1)).every(isUnavailable)).toBe(true)
    expect(count()).toBe(1)
    database.exec('PRAGMA query_only = OFF')
    expect((await write('user', 1)).some(isUnavailable)).toBe(false)
    database.close()
  })

  test('when its pages are damaged, rejects reads too', async () => {
    const file = temporaryFile()
    const first = openSqliteStore({ file })
    const user = await addUser(first)
    await first.close()
    const damaged = openSqliteStore({ file })
    const pageSize = 4_096
    const descriptor = openSync(file, 'r+')
    writeSync(descriptor, Buffer.alloc(statSync(file).size - 2 * pageSize, 0xff), 0, null, 2 * pageSize)
    await expect(damaged.findUserByHandle(user.handle)).rejects.toThrow(StoreUnavailable)
    await damaged.close().catch(() => undefined)
  })

  test('when it is no database, refuses to open', () => {
    const file = temporaryFile()
    writeFileSync(file, 'not a database, and long enough to be looked at as one'.repeat(20))
    expect(() => openSqliteStore({ file })).toThrow(StoreUnavailable)
  })

  test('when a migration fails, leaves the database as it was', () => {
    const file = temporaryFile()
    const other = connect(file)
    other.exec('CREATE TABLE grants (something INTEGER)')
    expect(() => openSqliteStore({ file })).toThrow(/grants already exists/)
    const tables = other.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
    expect(tables).toMatchObject([{ name: 'grants' }])
    other.exec('DROP TABLE grants')
    expect(openDatabase(file).migration).toEqual({ from: 0, to: migrations.length })
  })
})

test('commits are durable and references enforced (F-23)', () => {
  const { database } = openDatabase(temporaryFile())
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
  expect(pragma('journal_mode')).toBe('wal')
  expect(pragma('synchronous')).toBe(2)
  expect(pragma('foreign_keys')).toBe(1)
  expect(pragma('busy_timeout')).toBe(50)
  database.close()
})
