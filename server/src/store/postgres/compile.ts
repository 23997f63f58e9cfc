import {
  type BinaryOperationNode,
  createQueryId,
  DeleteQueryNode,
  OperatorNode,
  PostgresQueryCompiler,
  ReferenceNode,
  SelectQueryNode,
} from 'kysely'
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

  // What is to be deleted is found first, and looked up by its key: a join of both may read the whole table for a few rows, or the
  // few rows again for each of the table.
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    if (!isAmongSelected(node) || !this.nodeStack.some(DeleteQueryNode.is)) {
      super.visitBinaryOperation(node)
      return
    }
    this.visitNode(node.leftOperand)
    this.append(' = any(array')
    this.visitNode(node.rightOperand)
    this.append(')')
  }
}

/** Whether it is `column in (select …)`. */
const isAmongSelected = ({ leftOperand, operator, rightOperand }: BinaryOperationNode): boolean =>
  ReferenceNode.is(leftOperand) &&
  OperatorNode.is(operator) &&
  operator.operator === 'in' &&
  SelectQueryNode.is(rightOperand)

/** Writes a statement in PostgreSQL's text. */
export function compile(statement: Statement<never, unknown>): CompiledStatement {
  const compiler = new LiteralsCompiler()
  const { sql } = compiler.compileQuery(statement.query(), createQueryId())
  return { sql, parameters: compiler.names }
}
