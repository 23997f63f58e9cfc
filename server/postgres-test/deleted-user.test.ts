import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { newDatabase } from '../../testkit/databases.ts'
import type { Store, User } from '../src/store/contract/store.ts'
import { openPostgresStore } from '../src/store/postgres/store.ts'
import { addUser, newApp, newPlaylist, newUser, start } from '../test/store/world.ts'

async function opened() {
  const url = await newDatabase()
  if (url === undefined) throw new Error('There is no PostgreSQL to test on')
  const store = await openPostgresStore({ url, connections: 6, prepares: true })
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  onTestFinished(async () => {
    await store.close()
    await pool.end()
  })
  return { store, pool }
}

type Write = (store: Store, user: User, other: User) => Promise<unknown>

const writes: readonly (readonly [table: string, left: string, write: Write])[] = [
  [
    'playlists',
    'SELECT 1 FROM playlists WHERE user_id = $1 AND deleted_at IS NULL',
    (store, { id: userId }) => store.createPlaylist(newPlaylist(userId)),
  ],
  [
    'follows',
    'SELECT 1 FROM follows WHERE follower_id = $1',
    (store, { id }, other) => store.follow(id, other.id, null, start),
  ],
  [
    'apps',
    'SELECT 1 FROM apps WHERE owner_id = $1 AND deleted_at IS NULL',
    (store, { id: ownerId }) => store.createApp(newApp({ ownerId }), 9),
  ],
  [
    'sessions',
    'SELECT 1 FROM sessions WHERE user_id = $1',
    (store, { id: userId }) =>
      store.createSession({
        digest: new Uint8Array(32).fill(7),
        userId,
        createdAt: start,
        expiresAt: start + 1000,
        replaces: null,
        proof: { passwordHash: newUser().passwordHash },
        browser: new Uint8Array(32),
        place: { device: 'Firefox on Linux', network: '203.0.113.*' },
      }),
  ],
]

test.each(writes)(
  'of %s written while the account is deleted nothing is left',
  async (table, left, write) => {
    const { store, pool } = await opened()
    const [user, other] = [await addUser(store), await addUser(store)]
    const holder = await pool.connect()
    const waiting = async () =>
      Number(
        (await pool.query('SELECT count(*) n FROM pg_stat_activity WHERE wait_event_type = $1', ['Lock']))
          .rows[0]?.n,
      )
    // It has looked at the user, and waits to write.
    await holder.query(`BEGIN; LOCK TABLE ${table} IN SHARE MODE`)
    const writing = write(store, user, other).catch((error: unknown) => error)
    await expect.poll(waiting).toBe(1)
    const removing = store.removeUser(user.handle, 'dead', start)
    await expect.poll(waiting).toBe(2)
    await holder.query('COMMIT')
    holder.release()
    expect(await removing).toBe(true)
    const written = await writing
    expect(written instanceof Error ? written.name : 'written').toMatch(/^(written|UserInactive)$/)
    expect((await pool.query(left, [user.id])).rows).toEqual([])
  },
)
