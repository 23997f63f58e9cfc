import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { SchemaTooNew, StoreUnavailable } from '../../src/store/contract/errors.ts'
import { exportSqlite } from '../../src/store/postgres/export.ts'
import { importSqlite } from '../../src/store/postgres/import.ts'
import { repostsCountedAnew } from '../../src/store/sql/listening/drop-reposts.ts'
import { migrations } from '../../src/store/sql/migrations.ts'
import { guarded } from '../../src/store/sql/schema-guard.ts'
import { checkKnown, misfitOf, versionOf, worksFrom } from '../../src/store/sql/schema-version.ts'
import type { RunVerb } from '../../src/store/sql/verb-entry.ts'
import { migrateSqlite, openSqliteStore } from '../../src/store/sqlite/store.ts'
import { connect, temporaryFile } from './files.ts'
import { addUser, newPlaylist, start } from './world.ts'

const known = migrations.length

/** A database as newer software leaves it. */
function migratedBy({ version, from }: { readonly version: number; readonly from: number }) {
  const file = temporaryFile()
  migrateSqlite(file)
  const database = connect(file)
  database.prepare('UPDATE schema_version SET version = ?, works_from = ?').run(version, from)
  return { file, database }
}

test('what works on a schema is what knows it, or one that it was only added to', () => {
  expect(misfitOf(10, 8, 10)).toBeNull()
  expect(misfitOf(12, 10, 10)).toBeNull()
  expect(misfitOf(12, 11, 10)).toMatch(/version 12, on which only software works that knows version 11/)
  expect(misfitOf(9, 8, 10)).toMatch(/version 9, and this software needs 10/)
})

test('a database that does not yet say from where it works is an older one', () => {
  expect(versionOf(undefined)).toBe(0)
  expect(versionOf({ version: 5 })).toBe(5)
  expect(() => versionOf({ version: known + 1, works_from: known + 1 })).toThrow(SchemaTooNew)
})

test('a migration after the one from which software works only adds, or corrects rows that it reads as before', () => {
  expect(worksFrom).toBeLessThanOrEqual(known)
  const adds =
    /^(CREATE (TABLE|INDEX) |ALTER TABLE \w+ ADD COLUMN (?!.*\b(NOT NULL(?!.* DEFAULT )|UNIQUE)\b))/
  const statements = migrations
    .slice(worksFrom)
    .filter((migration) => migration !== repostsCountedAnew)
    .flatMap((migration) => migration.split(';'))
    .map((text) => text.trim())
  expect(statements.filter((text) => text !== '' && !adds.test(text))).toEqual([])
})

test('reposts of what was deleted before they were taken back with it are counted no more', async () => {
  const { file, database } = migratedBy({ version: known, from: known })
  const store = openSqliteStore({ file })
  const [artist, fan] = [await addUser(store), await addUser(store)]
  for (const name of ['Kept', 'Gone']) {
    const playlist = await store.createPlaylist(newPlaylist(artist.id, { name }))
    if (playlist.outcome === 'created') await store.mark('playlist-repost', fan.id, playlist.id, null, start)
  }
  database.exec("UPDATE playlists SET deleted_at = 1 WHERE name = 'Gone'")
  expect(await store.findProfile(fan.id)).toMatchObject({ repostCount: 2 })
  await store.close()
  database.exec(repostsCountedAnew)
  const opened = openSqliteStore({ file })
  expect(await opened.findProfile(fan.id)).toMatchObject({ repostCount: 1 })
  await opened.close()
})

test('no statement asks for columns that it does not name, which a connection that has prepared it would refuse', () => {
  const folder = fileURLToPath(new URL('../../src/store/sql/', import.meta.url))
  const asking = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      name.endsWith('.ts') && /\.(selectAll|returningAll)\(/.test(readFileSync(folder + name, 'utf8')),
  )
  expect(asking).toEqual([])
})

describe('a database that newer software has migrated', () => {
  test('and only added to is worked on, and stays as it is', async () => {
    const { file, database } = migratedBy({ version: known + 2, from: known })
    database.exec('ALTER TABLE users ADD COLUMN later TEXT')
    expect(migrateSqlite(file)).toEqual({ from: known + 2, to: known })
    const store = openSqliteStore({ file })
    await store.ping()
    const { handle } = await addUser(store)
    expect(await store.findUserByHandle(handle)).toBeDefined()
    await store.close()
    expect(database.prepare('SELECT version, works_from FROM schema_version').all()).toMatchObject([
      { version: known + 2, works_from: known },
    ])
  })

  test('is not copied, as what was added would be lost', async () => {
    const { file } = migratedBy({ version: known + 1, from: known })
    const options = { url: 'postgres://localhost:1/none', connections: 1, prepares: true }
    await expect(importSqlite(file, options)).rejects.toThrow(SchemaTooNew)
    expect(() => checkKnown({ from: known + 1, to: known })).toThrow(/knows what there is to copy/)
    await expect(exportSqlite(options, file)).rejects.toThrow(/already/)
  })

  test('and taken from is refused: at the start, when it is asked whether it is ready, and in a sweep', async () => {
    const { file, database } = migratedBy({ version: known, from: known })
    const store = openSqliteStore({ file })
    await store.ping()
    database.prepare('UPDATE schema_version SET version = ?, works_from = ?').run(known + 1, known + 1)
    await expect(store.ping()).rejects.toThrow(StoreUnavailable)
    await expect(store.sweep(start, 10)).rejects.toThrow(StoreUnavailable)
    expect(() => openSqliteStore({ file })).toThrow(SchemaTooNew)
    database.prepare('UPDATE schema_version SET version = ?, works_from = ?').run(known - 1, known - 1)
    await expect(store.ping()).rejects.toThrow(/start it anew, or run stagedoor migrate/)
    await store.close()
  })
})

describe('the guard of a schema', () => {
  const nothing = function* () {}
  /** A store in which verbs are told by their names, and time goes on when it is told to. */
  function guardedStore() {
    const ran: string[] = []
    const state = { now: 0, fits: true }
    const run: RunVerb = async (_isolation, verb, name) => {
      ran.push(name)
      if (name === 'checkSchema' && !state.fits) throw new StoreUnavailable('It does not fit')
      return verb().next().value as never
    }
    const fitting = guarded(
      (isolation, verb, name) =>
        name === 'checkSchema' ? run(isolation, nothing as never, name) : run(isolation, verb, name),
      () => state.now,
    )
    return { ran, state, work: (name: string) => fitting('write', nothing, name) }
  }

  test('looks anew for who joined a look that failed', async () => {
    const { ran, state, work } = guardedStore()
    state.now = 5000
    state.fits = false
    const first = work('first')
    const joined = work('joined')
    state.fits = true
    await expect(first).rejects.toThrow(StoreUnavailable)
    await joined
    expect(ran).toEqual(['checkSchema', 'checkSchema', 'joined'])
  })

  test('looks again after five seconds, once for all that wait', async () => {
    const { ran, state, work } = guardedStore()
    await work('one')
    state.now = 4999
    await work('two')
    state.now = 5000
    await Promise.all([work('three'), work('four')])
    state.now = 9999
    await work('five')
    expect(ran).toEqual(['one', 'two', 'checkSchema', 'three', 'four', 'five'])
  })

  test('runs nothing on a schema that does not fit, and goes on once it does', async () => {
    const { ran, state, work } = guardedStore()
    state.now = 5000
    state.fits = false
    await expect(work('one')).rejects.toThrow(StoreUnavailable)
    await expect(work('two')).rejects.toThrow(StoreUnavailable)
    state.fits = true
    await work('three')
    expect(ran).toEqual(['checkSchema', 'checkSchema', 'checkSchema', 'three'])
  })
})
