import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Statement, Value } from '../sql/statement.ts'
import type { Run, Step, Verb } from '../sql/transaction.ts'
import type { Changes } from './changes.ts'
import { compile } from './compile.ts'

/** Runs verbs to their end without pause, in whatever transaction the connection is in. */
export type Runner = <R>(verb: Verb<R>) => R

interface Prepared {
  readonly statement: StatementSync
  readonly parameters: readonly string[]
  /** Notes that it has written. */
  readonly note: (() => void) | null
}

/** A runner for one connection, which compiles and prepares each statement when it is first run, and notes what it writes. */
export function createRunner(database: DatabaseSync, changes: Pick<Changes, 'noteOf'>): Runner {
  const known = new Map<Statement<never, unknown>, Prepared>()

  function prepare(statement: Statement<never, unknown>): Prepared {
    const { sql, parameters, changed, added } = compile(statement)
    const note = changes.noteOf(changed, added)
    const prepared = { statement: database.prepare(sql), parameters, note }
    known.set(statement, prepared)
    return prepared
  }

  function execute({ statement, values }: Run, wants: 'row' | 'rows' | 'count'): unknown {
    const prepared = known.get(statement) ?? prepare(statement)
    const bound = prepared.parameters.map((name): Value => {
      const value = values[name]
      if (value === undefined) throw new TypeError(`The statement has no value for ${name}`)
      return value
    })
    prepared.note?.()
    if (wants === 'row') return prepared.statement.get(...bound)
    if (wants === 'rows') return prepared.statement.all(...bound)
    return Number(prepared.statement.run(...bound).changes)
  }

  function resultOf(step: Step): unknown {
    if (step.wants !== 'nothing') return execute(step, step.wants)
    for (const run of step.runs) execute(run, 'count')
    return undefined
  }

  return (verb) => {
    let next = verb.next()
    while (!next.done) next = verb.next(resultOf(next.value))
    return next.value
  }
}
