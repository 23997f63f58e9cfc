import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SchemaTooNew, StoreUnavailable } from '../../src/store/contract/errors.ts'
import type { Store } from '../../src/store/contract/store.ts'
import { migrations } from '../../src/store/sql/migrations.ts'
import { migrateSqlite, openSqliteStore } from '../../src/store/sqlite/store.ts'
import { musicContract } from './contract/music.ts'
import { racesContract } from './contract/races.ts'
import { sweepContract } from './contract/sweep.ts'
import { storeContract } from './contract.ts'
import { connect, expectSound, temporaryFile } from './files.ts'
import { addUser, allow, atOnce, logIn, newUser, redemption, rotation, start, tally, works } from './world.ts'

const directory = mkdtempSync(join(tmpdir(), 'stagedoor-store-'))
const files: string[] = []

// Migrated once: most of an opening is the migrations, which are none of the contract's.
const migrated = join(directory, 'migrated.sqlite')
migrateSqlite(migrated)

storeContract('in a file', () => {
  const file = join(directory, `${files.length}.sqlite`)
  files.push(file)
  copyFileSync(migrated, file)
  return openSqliteStore({ file })
})

afterAll(() => {
  for (const file of files) expectSound(file)
  rmSync(directory, { recursive: true })
})

// The statements are those of the file. What memory has of its own is where it searches and how it commits.
describe('in memory', () => {
  let store: Store
  beforeEach(() => {
    store = openSqliteStore({ file: ':memory:' })
  })
  afterEach(() => store.close())
  const current = () => store
  describe('profiles, tracks and libraries', () => musicContract(current))
  describe('races', () => racesContract(current))
  describe('sweep', () => sweepContract(current))
})

test('an access token is written of the first time that its pair is seen, and never again', async () => {
  const file = temporaryFile()
  const store = openSqliteStore({ file })
  const observer = connect(file)
  const version = () => observer.prepare('PRAGMA data_version').get()
  const written = async (access: Uint8Array) => {
    const before = version()
    expect(await store.findAccessToken(access, start)).toBeDefined()
    return JSON.stringify(before) !== JSON.stringify(version())
  }
  const tokens = await logIn(store)
  const next = rotation(tokens)
  await store.rotateRefresh(next)
  expect(await written(tokens.access)).toBe(false)
  expect([await written(next.access.digest), await written(next.access.digest)]).toEqual([true, false])
  const last = rotation({ ...tokens, refresh: next.refresh.digest })
  await store.rotateRefresh(last)
  expect([await written(next.access.digest), await written(last.access.digest)]).toEqual([false, true])
  observer.close()
  await store.close()
})

describe('two stores on one file', () => {
  const openTwo = () => {
    const file = temporaryFile()
    return [openSqliteStore({ file }), openSqliteStore({ file })] as const
  }

  test('each sees at once what the other has answered (RV-6, F-24)', async () => {
    const [one, two] = openTwo()
    const tokens = await logIn(one)
    expect(await two.findAccessToken(tokens.access, start)).toBeDefined()
    expect(await two.revokeToken(tokens.refresh, tokens.apiKey, start)).toBeDefined()
    expect(await one.findAccessToken(tokens.access, start)).toBeUndefined()
    await one.close()
    await two.close()
  })

  test('one code, one rotation and one sign-up are won once between them', async () => {
    const [one, two] = openTwo()
    const either = (n: number) => (n % 2 === 0 ? one : two)
    const allowed = await allow(one)
    const redeemed = await atOnce(100, (n) => either(n).redeemCode(redemption(allowed)))
    expect(tally(redeemed)).toEqual({ redeemed: 1, replayed: 99 })
    const tokens = await logIn(one)
    const rotated = await atOnce(100, (n) => either(n).rotateRefresh(rotation(tokens)))
    expect(tally(rotated)).toEqual({ rotated: 1, repeated: 99 })
    const created = await atOnce(50, (n) => either(n).createUser(newUser({ handle: 'ada' })))
    expect(tally(created)).toEqual({ created: 1, taken: 49 })
    expect(await works(two, tokens)).toBe(true)
    await one.close()
    await two.close()
  })
})

describe('opening', () => {
  test('migrates an empty file once and reports it', () => {
    const file = temporaryFile()
    expect(migrateSqlite(file)).toEqual({ from: 0, to: migrations.length })
    expect(migrateSqlite(file)).toEqual({ from: migrations.length, to: migrations.length })
    expectSound(file)
  })

  test('refuses a newer schema and leaves it as it is (F-19)', () => {
    const file = temporaryFile()
    migrateSqlite(file)
    const other = connect(file)
    other.exec('UPDATE schema_version SET version = 999, works_from = 999')
    expect(() => openSqliteStore({ file })).toThrow(SchemaTooNew)
    expect(() => migrateSqlite(file)).toThrow(/version 999/)
    expect(other.prepare('SELECT version FROM schema_version').all()).toMatchObject([{ version: 999 }])
  })

  test('says that a file cannot be opened', () => {
    expect(() => openSqliteStore({ file: join(temporaryFile(), 'missing', 'store.sqlite') })).toThrow(
      StoreUnavailable,
    )
  })

  test('what was stored is there after closing, and closing leaves no log behind', async () => {
    const file = temporaryFile()
    const first = openSqliteStore({ file })
    const creating = addUser(first)
    await first.close()
    await first.close()
    const user = await creating
    await expect(first.verifyUser(user.handle, start)).rejects.toThrow(StoreUnavailable)
    await expect(first.listUsers()).rejects.toThrow(StoreUnavailable)
    const second = openSqliteStore({ file })
    expect(await second.listUsers()).toEqual([user])
    await second.close()
  })
})
