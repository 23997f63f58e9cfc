import { describe, expect, test } from 'vitest'
import { StoreUnavailable } from '../../src/store/contract/errors.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { connect, expectSound, temporaryFile } from './files.ts'
import { addUser, allow, atOnce, digest, newUser, redemption, somewhere, start } from './world.ts'

describe('group commit', () => {
  test('a verb that fails harms no neighbour', async () => {
    const file = temporaryFile()
    const store = openSqliteStore({ file })
    const missing = {
      digest: digest(),
      userId: 404,
      createdAt: start,
      expiresAt: start + 1,
      replaces: null,
      ...somewhere(),
    }
    const answers = await Promise.allSettled(
      Array.from({ length: 200 }, (_, n) => (n % 3 === 0 ? store.createSession(missing) : addUser(store))),
    )
    const failures = answers.filter((answer) => answer.status === 'rejected')
    expect(failures).toHaveLength(67)
    for (const { reason } of failures) {
      expect(reason).not.toBeInstanceOf(StoreUnavailable)
      expect(String(reason)).toContain('FOREIGN KEY')
    }
    expect(await store.listUsers()).toHaveLength(133)
    await store.close()
    expectSound(file)
  })

  test('nothing is answered before its commit: another connection sees it at that moment', async () => {
    const file = temporaryFile()
    const store = openSqliteStore({ file })
    const other = connect(file)
    const seen = other.prepare('SELECT id FROM users WHERE id = ?')
    await atOnce(150, async () => {
      const user = await addUser(store)
      expect(seen.get(user.id)).toMatchObject({ id: user.id })
    })
    await store.close()
  })

  test('the verbs of one turn share one commit', async () => {
    const file = temporaryFile()
    const store = openSqliteStore({ file })
    const other = connect(file)
    const seen = other.prepare('SELECT count(*) AS users FROM users')
    const counts = await atOnce(32, async () => {
      await addUser(store)
      return Object.values(seen.get() ?? {})
    })
    expect(counts).toEqual(counts.map(() => [32]))
    await store.close()
  })
})

describe('a lock held by another connection', () => {
  test('is waited for without holding up the event loop (F-10)', async () => {
    const file = temporaryFile()
    const store = openSqliteStore({ file })
    const other = connect(file)
    other.exec('BEGIN IMMEDIATE')
    setTimeout(() => other.exec('COMMIT'), 300)
    let turns = 0
    const turning = setInterval(() => {
      turns += 1
    }, 1)
    const before = performance.now()
    await addUser(store)
    clearInterval(turning)
    expect(performance.now() - before).toBeGreaterThan(250)
    expect(turns).toBeGreaterThan(5)
    await store.close()
  })

  test('makes the store unavailable once the lock lasts too long, to everyone who waits, and not for good', async () => {
    const file = temporaryFile()
    const store = openSqliteStore({ file, lockTimeoutMs: 100 })
    const allowed = await allow(store)
    const other = connect(file)
    other.exec('BEGIN IMMEDIATE')
    const answers = await Promise.allSettled([
      store.redeemCode(redemption(allowed)),
      store.createUser(newUser()),
      store.ping(),
    ])
    for (const answer of answers) {
      expect(answer.status === 'rejected' && answer.reason).toBeInstanceOf(StoreUnavailable)
    }
    expect(await store.findUserByHandle(allowed.user.handle)).toEqual(allowed.user)
    other.exec('ROLLBACK')
    await store.ping()
    expect((await store.redeemCode(redemption(allowed))).outcome).toBe('redeemed')
    await store.close()
  })

  test('does not keep the store from closing', async () => {
    const file = temporaryFile()
    const store = openSqliteStore({ file, lockTimeoutMs: 50 })
    connect(file).exec('BEGIN IMMEDIATE')
    const writing = expect(store.createUser(newUser())).rejects.toThrow(StoreUnavailable)
    await store.close()
    await writing
  })
})
