import type { AliasableExpression, Compilable } from 'kysely'
import {
  DummyDriver,
  ExpressionWrapper,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  ValueNode,
} from 'kysely'
import type { Schema } from './schema.ts'

/** What a column can hold. */
export type Value = string | number | Uint8Array | null
/** The values of a statement's parameters by name. */
export type Values = Readonly<Record<string, Value>>

/** Names a parameter where a statement needs its value. */
export type Placeholder<P> = <N extends keyof P & string>(name: N) => AliasableExpression<P[N]>

/** A query compiled once, to be run with the values `P` and to answer rows `O`. */
export interface Statement<P, O> {
  readonly sql: string
  /** In the order of the placeholders: a name to look up, or a constant of the statement. */
  readonly parameters: readonly (Parameter | Value)[]
  /** Never there: it only ties the types to the statement. */
  readonly types?: (values: P) => O
}

class Parameter {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Builds queries and never runs one. */
export const query = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** Compiles a query whose values come later: `build` gets the placeholders and answers the query. */
export function statement<P extends Values, O>(build: (p: Placeholder<P>) => Compilable<O>): Statement<P, O> {
  const compiled = build((name) => new ExpressionWrapper(ValueNode.create(new Parameter(name)))).compile()
  return { sql: compiled.sql, parameters: compiled.parameters.map(checkParameter) }
}

/** The values in the order of the statement's placeholders; throws a TypeError when one is missing. */
export function bind(parameters: readonly (Parameter | Value)[], values: Values): Value[] {
  return parameters.map((parameter) => {
    if (!(parameter instanceof Parameter)) return parameter
    const value = values[parameter.name]
    if (value === undefined) throw new TypeError(`The statement has no value for ${parameter.name}`)
    return value
  })
}

function checkParameter(parameter: unknown): Parameter | Value {
  if (parameter instanceof Parameter || typeof parameter === 'string' || typeof parameter === 'number') {
    return parameter
  }
  throw new TypeError(`A statement cannot hold the constant ${String(parameter)}`)
}
