import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Values by key with a time they end at, in SQLite: what is written is on the disk when the call returns. */
export class Table {
  readonly #database: DatabaseSync
  readonly #statements

  constructor(folder: string) {
    this.#database = new DatabaseSync(join(folder, 'peer.db'))
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, ends INTEGER NOT NULL, belongs TEXT) WITHOUT ROWID;
      CREATE INDEX entries_belonging ON entries (belongs);`)
    const prepare = (sql: string) => this.#database.prepare(sql)
    this.#statements = {
      get: prepare('SELECT value FROM entries WHERE key = ? AND ends > ?'),
      set: prepare('INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)'),
      remove: prepare('DELETE FROM entries WHERE key = ?'),
      removeAll: prepare('DELETE FROM entries WHERE belongs = ?'),
      scan: prepare('SELECT key, value FROM entries WHERE key >= ? AND key < ? AND ends > ?'),
    }
  }

  get(key: string): Record<string, unknown> | undefined {
    const row = this.#statements.get.get(key, Date.now())
    return row && JSON.parse(String(row['value']))
  }

  /** @param ends when it ends, in milliseconds since 1970 @param belongs what it is removed with */
  set(key: string, value: unknown, ends = Number.MAX_SAFE_INTEGER, belongs: string | null = null): void {
    this.#statements.set.run(key, JSON.stringify(value), ends, belongs)
  }

  remove(key: string): void {
    this.#statements.remove.run(key)
  }

  removeAll(belongs: string): void {
    this.#statements.removeAll.run(belongs)
  }

  /** Those whose key begins with `prefix`. */
  scan(prefix: string): [string, unknown][] {
    return this.#statements.scan
      .all(prefix, `${prefix}\u{10ffff}`, Date.now())
      .map(({ key, value }) => [String(key), JSON.parse(String(value))])
  }
}

interface Entry {
  readonly value: string
  readonly ends: number
  readonly belongs: string | null
}

/** The same, kept until the process ends and no longer. */
export class MemoryTable {
  readonly #entries = new Map<string, Entry>()
  /** The keys of those that are removed together. */
  readonly #belonging = new Map<string, Set<string>>()

  get(key: string): Record<string, unknown> | undefined {
    const entry = this.#entries.get(key)
    return entry !== undefined && entry.ends > Date.now() ? JSON.parse(entry.value) : undefined
  }

  set(key: string, value: unknown, ends = Number.MAX_SAFE_INTEGER, belongs: string | null = null): void {
    this.#entries.set(key, { value: JSON.stringify(value), ends, belongs })
    if (belongs === null) return
    const keys = this.#belonging.get(belongs) ?? new Set()
    this.#belonging.set(belongs, keys.add(key))
  }

  remove(key: string): void {
    const belongs = this.#entries.get(key)?.belongs
    if (belongs) this.#belonging.get(belongs)?.delete(key)
    this.#entries.delete(key)
  }

  removeAll(belongs: string): void {
    for (const key of this.#belonging.get(belongs) ?? []) this.#entries.delete(key)
    this.#belonging.delete(belongs)
  }
}
