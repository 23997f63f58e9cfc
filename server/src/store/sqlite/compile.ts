import {
  ColumnNode,
  type ColumnUpdateNode,
  createQueryId,
  type OperationNode,
  type RootOperationNode,
  SqliteQueryCompiler,
  TableNode,
} from 'kysely'
import { countsOf } from '../sql/remember.ts'
import { Parameter, type Statement } from '../sql/statement.ts'

/** A statement in SQLite's text. */
export interface CompiledStatement {
  readonly sql: string
  /** The names of the values, in the order of the placeholders. */
  readonly parameters: readonly string[]
  /** The table whose rows it changes or deletes, by `countsOf` where nothing but counts changes; null for none. */
  readonly changed: string | null
  /** The table that it adds rows to; null for none. */
  readonly added: string | null
}

/** Writes constants as literals: SQLite plans a statement with a bound value anew wherever a partial index depends on it. */
class LiteralsCompiler extends SqliteQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (value instanceof Parameter) super.appendValue(value)
    else this.appendImmediateValue(value)
  }

  // Locks of rows: one connection writes at a time.
  protected override visitSelectModifier(): void {}
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

type Written = Pick<CompiledStatement, 'changed' | 'added'>

function written(tree: RootOperationNode): Written {
  if (tree.kind === 'InsertQueryNode') {
    const table = nameOf(tree.into)
    return { added: table, changed: tree.onConflict === undefined ? null : table }
  }
  if (tree.kind === 'UpdateQueryNode') {
    const table = nameOf(tree.table)
    return { added: null, changed: (tree.updates ?? []).every(isCount) ? countsOf(table) : table }
  }
  if (tree.kind === 'DeleteQueryNode') return { added: null, changed: nameOf(tree.from.froms[0]) }
  return { added: null, changed: null }
}

const isCount = ({ column }: ColumnUpdateNode): boolean =>
  ColumnNode.is(column) && column.column.name.endsWith('_count')

function nameOf(node: OperationNode | undefined): string {
  if (node !== undefined && TableNode.is(node)) return node.table.identifier.name
  throw new TypeError('A statement writes to no table by its name')
}
