import type { AliasableExpression, Compilable, RootOperationNode } from 'kysely'
import { ExpressionWrapper, NOOP_QUERY_EXECUTOR, QueryCreator, ValueNode } from 'kysely'
import type { Schema } from './schema.ts'

/** What a column can hold. */
export type Value = string | number | Uint8Array | null
/** The values of a statement's parameters by name. */
export type Values = Readonly<Record<string, Value>>

/** Names a parameter where a statement needs its value. */
export type Placeholder<P> = <N extends keyof P & string>(name: N) => AliasableExpression<P[N]>

/** A query that each engine's runner compiles once, to be run with the values `P` and to answer rows `O`. */
export interface Statement<P, O> {
  /** The query as a tree, in no engine's text yet. */
  readonly query: () => RootOperationNode
  /** Never there: it only ties the types to the statement. */
  readonly types?: (values: P) => O
}

/** A place in a query whose value comes with each run. */
export class Parameter {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

// Not a whole Kysely: a third of its text, and 2 MB in memory, are for what this store never asks of it.
const nothingRun = { executor: NOOP_QUERY_EXECUTOR }

/** Builds queries and never runs one. */
export const query = new QueryCreator<Schema>(nothingRun)

/** Builds queries of tables whose names and columns are values. */
export const queryOfAny = new QueryCreator<Record<string, Record<string, Value>>>(nothingRun)

/** A builder of a query whose tree can be taken without compiling it. */
type Query<O> = Compilable<O> & { toOperationNode(): RootOperationNode }

/** Names a query whose values come later: `build` gets the placeholders and answers the query. Nothing is built before it is first run. */
export function statement<P extends Values, O>(build: (p: Placeholder<P>) => Query<O>): Statement<P, O> {
  return {
    query: () =>
      build((name) => new ExpressionWrapper(ValueNode.create(new Parameter(name)))).toOperationNode(),
  }
}
