import type { Statement, Values } from './statement.ts'

/** One statement to run, and what of its result the verb goes on with. */
export interface Step {
  readonly sql: string
  readonly parameters: Statement<never, unknown>['parameters']
  readonly values: Values
  readonly wants: 'row' | 'rows' | 'count'
}

/**
 * A transaction written without knowing who runs it: it yields the steps and is resumed with their results. A runner
 * that awaits each step runs it as well as one that does not, as long as one transaction spans all of them.
 */
export type Verb<R> = Generator<Step, R, unknown>

/** Runs a statement and answers its first row. */
export function* one<P extends Values, O>(statement: Statement<P, O>, values: P): Verb<O | undefined> {
  // A runner resumes with what `wants` says, and the row's columns are those the statement was typed by.
  return (yield { sql: statement.sql, parameters: statement.parameters, values, wants: 'row' }) as
    | O
    | undefined
}

/** Runs a statement and answers all its rows. */
export function* all<P extends Values, O>(statement: Statement<P, O>, values: P): Verb<readonly O[]> {
  return (yield {
    sql: statement.sql,
    parameters: statement.parameters,
    values,
    wants: 'rows',
  }) as readonly O[]
}

/** Runs a statement and answers how many rows it changed. */
export function* change<P extends Values>(statement: Statement<P, unknown>, values: P): Verb<number> {
  return (yield { sql: statement.sql, parameters: statement.parameters, values, wants: 'count' }) as number
}
