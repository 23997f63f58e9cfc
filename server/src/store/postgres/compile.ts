import { createQueryId, PostgresQueryCompiler } from 'kysely'
import { Parameter, type Statement } from '../sql/statement.ts'

/** A statement in PostgreSQL's text. */
export interface CompiledStatement {
  readonly sql: string
  /** The names of the values, in the order of the placeholders. */
  readonly parameters: readonly string[]
}

/** Writes constants as literals, so that a plan made once for all values still uses partial indexes. */
class LiteralsCompiler extends PostgresQueryCompiler {
  readonly names: string[] = []

  // A value has one placeholder wherever it stands, whose type is that of the first thing it is compared with: so a query
  // asks "a = $1 or $1 is null", in this order.
  protected override appendValue(value: unknown): void {
    if (!(value instanceof Parameter)) {
      this.appendImmediateValue(value)
      return
    }
    if (!this.names.includes(value.name)) this.names.push(value.name)
    this.append(`$${this.names.indexOf(value.name) + 1}`)
  }

  // A bare number is an int4, and makes one of whatever value it is compared with.
  protected override appendImmediateValue(value: unknown): void {
    super.appendImmediateValue(value)
    if (typeof value === 'number' && Number.isInteger(value)) this.append('::bigint')
  }
}

/** Writes a statement in PostgreSQL's text. */
export function compile(statement: Statement<never, unknown>): CompiledStatement {
  const compiler = new LiteralsCompiler()
  const { sql } = compiler.compileQuery(statement.query(), createQueryId())
  return { sql, parameters: compiler.names }
}
