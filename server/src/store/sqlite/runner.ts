import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { bind } from '../sql/statement.ts'
import type { Step, Verb } from '../sql/transaction.ts'

/** Runs verbs to their end without pause, in whatever transaction the connection is in. */
export type Runner = <R>(verb: Verb<R>) => R

/** A runner for one connection, which prepares each statement once. */
export function createRunner(database: DatabaseSync): Runner {
  const prepared = new Map<string, StatementSync>()

  function execute(step: Step): unknown {
    let statement = prepared.get(step.sql)
    if (!statement) {
      statement = database.prepare(step.sql)
      prepared.set(step.sql, statement)
    }
    const values = bind(step.parameters, step.values)
    if (step.wants === 'row') return statement.get(...values)
    if (step.wants === 'rows') return statement.all(...values)
    return Number(statement.run(...values).changes)
  }

  return (verb) => {
    let next = verb.next()
    while (!next.done) next = verb.next(execute(next.value))
    return next.value
  }
}
