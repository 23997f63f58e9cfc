import { createQueryId, type OperationNode, type RootOperationNode, SqliteQueryCompiler, TableNode } from 'kysely'
import { Parameter, type Statement } from '../sql/statement.ts'

/** A statement in SQLite's text. */
export interface CompiledStatement {
  readonly sql: string
  /** The names of the values, in the order of the placeholders. */
  readonly parameters: readonly string[]
  /** What it changes rows of; null when it only reads, or adds rows. */
  readonly changes: string | null
  /** What it adds rows to; null when it adds none. */
  readonly adds: string | null
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
  const tree = statement.query()
  const { sql, parameters } = new LiteralsCompiler().compileQuery(tree, createQueryId())
  return {
    sql,
    ...written(tree),
    parameters: parameters.map((parameter) => {
      if (parameter instanceof Parameter) return parameter.name
      throw new TypeError(`A statement cannot bind the constant ${String(parameter)}`)
    }),
  }
}

function written(tree: RootOperationNode): Pick<CompiledStatement, 'changes' | 'adds'> {
  const nameOf = (node: OperationNode | undefined) =>
    node !== undefined && TableNode.is(node) ? node.table.identifier.name : null
  if (tree.kind === 'InsertQueryNode')
    return { adds: nameOf(tree.into), changes: tree.onConflict === undefined ? null : nameOf(tree.into) }
  if (tree.kind === 'UpdateQueryNode') return { adds: null, changes: nameOf(tree.table) }
  if (tree.kind === 'DeleteQueryNode') return { adds: null, changes: nameOf(tree.from.froms[0]) }
  return { adds: null, changes: null }
}
