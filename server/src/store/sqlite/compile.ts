import { createQueryId, SqliteQueryCompiler } from 'kysely'
import { Parameter, type Statement } from '../sql/statement.ts'

/** A statement in SQLite's text. */
export interface CompiledStatement {
  readonly sql: string
  /** The names of the values, in the order of the placeholders. */
  readonly parameters: readonly string[]
}

/** Writes constants as literals: SQLite plans a statement with a bound value anew wherever a partial index depends on it. */
class LiteralsCompiler extends SqliteQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (value instanceof Parameter) super.appendValue(value)
    else this.appendImmediateValue(value)
  }
}

/** Writes a statement in SQLite's text. */
export function compile(statement: Statement<never, unknown>): CompiledStatement {
  const { sql, parameters } = new LiteralsCompiler().compileQuery(statement.query(), createQueryId())
  return {
    sql,
    parameters: parameters.map((parameter) => {
      if (parameter instanceof Parameter) return parameter.name
      throw new TypeError(`A statement cannot bind the constant ${String(parameter)}`)
    }),
  }
}
