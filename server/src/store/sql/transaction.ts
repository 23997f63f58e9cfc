import type { Statement, Values } from './statement.ts'

/** A statement with the values of one run. */
export interface Run {
  readonly statement: Statement<never, unknown>
  readonly values: Values
}

/** What a verb asks its runner for: one statement and what of its result is needed, or several whose results are not. */
export type Step =
  | (Run & { readonly wants: 'row' | 'rows' | 'count' })
  | { readonly wants: 'nothing'; readonly runs: readonly Run[] }

/**
 * A transaction written without knowing who runs it: it yields the steps and is resumed with their results. A runner
 * that awaits each step runs it as well as one that does not, as long as one transaction spans all of them.
 */
export type Verb<R> = Generator<Step, R, unknown>

/** Runs a statement and answers its first row. */
export function* one<P extends Values, O>(statement: Statement<P, O>, values: P): Verb<O | undefined> {
  // A runner resumes with what `wants` says, and the row's columns are those the statement was typed by.
  return (yield { statement, values, wants: 'row' }) as O | undefined
}

/** Runs a statement and answers all its rows. */
export function* all<P extends Values, O>(statement: Statement<P, O>, values: P): Verb<readonly O[]> {
  return (yield { statement, values, wants: 'rows' }) as readonly O[]
}

/** Runs a statement and answers how many rows it changed. */
export function* change<P extends Values>(statement: Statement<P, unknown>, values: P): Verb<number> {
  return (yield { statement, values, wants: 'count' }) as number
}

/** One run of a statement, for `together`. */
export const run = <P extends Values>(statement: Statement<P, unknown>, values: P): Run => ({
  statement,
  values,
})

/** Runs statements in this order whose results nobody needs, so that a database behind a socket is asked once for all. */
export function* together(runs: readonly Run[]): Verb<void> {
  yield { wants: 'nothing', runs }
}
