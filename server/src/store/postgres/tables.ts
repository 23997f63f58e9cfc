import type { DatabaseSync } from 'node:sqlite'

/** A table of a SQLite database. */
export interface Table {
  readonly name: string
  readonly columns: readonly string[]
  /** What its rows are told apart by; all columns where it says nothing. */
  readonly key: readonly string[]
}

/** The tables of an installation, each after those that it refers to. */
export function tablesOf(database: DatabaseSync): readonly Table[] {
  const names = textsOf(
    database,
    // An index of words is the engine's own, and made anew of the words.
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
  )
  const left = new Set(names.filter((name) => name !== 'schema_version').sort())
  const tables: Table[] = []
  while (left.size > 0) {
    const next = [...left].find((name) =>
      textsOf(database, `SELECT "table" FROM pragma_foreign_key_list('${name}')`).every(
        (parent) => parent === name || !left.has(parent),
      ),
    )
    if (next === undefined) throw new Error('The tables refer to each other in a circle')
    left.delete(next)
    const columns = textsOf(database, `SELECT name FROM pragma_table_info('${next}') ORDER BY cid`)
    const key = textsOf(database, `SELECT name FROM pragma_table_info('${next}') WHERE pk > 0 ORDER BY pk`)
    tables.push({ name: next, columns, key: key.length > 0 ? key : columns })
  }
  return tables
}

const textsOf = (database: DatabaseSync, sql: string): readonly string[] =>
  database
    .prepare(sql)
    .all()
    .map((row) => String(Object.values(row)[0]))
