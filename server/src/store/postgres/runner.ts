import type { PoolClient, QueryConfig, QueryResult } from 'pg'
import type { Statement } from '../sql/statement.ts'
import type { Run, Step, Verb } from '../sql/transaction.ts'
import type { Isolation } from '../sql/verb-entry.ts'
import { compile } from './compile.ts'
import { DriverError, failureOf, ofDriver } from './failure.ts'
import { toDatabase } from './values.ts'

/** A connection was lost after a commit was sent and before its answer: nobody knows whether it was made. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown'
}

/** Runs a verb to its end on one connection. */
export type Runner = <R>(client: PoolClient, isolation: Isolation, verb: Verb<R>) => Promise<R>

interface Prepared {
  readonly text: string
  readonly name: string | undefined
  readonly parameters: readonly string[]
}

/**
 * Milliseconds after which the database ends a transaction whose node no longer speaks, so that its locks go. It is
 * said in each transaction, as a pooler in between keeps nothing that is said at the connection.
 */
const idleTimeout = 10_000
const limited = `SET LOCAL idle_in_transaction_session_timeout = ${idleTimeout}`

const begin: Readonly<Record<Exclude<Isolation, 'read'>, QueryConfig>> = {
  write: { text: `BEGIN ISOLATION LEVEL READ COMMITTED; ${limited}` },
  exclusive: { text: `BEGIN ISOLATION LEVEL SERIALIZABLE; ${limited}` },
}
const commit: QueryConfig = { text: 'COMMIT' }

/**
 * A runner that compiles each statement when it is first run.
 * @param prepares whether statements are prepared by name and kept by their connection, which some poolers forbid
 */
export function createRunner(prepares: boolean): Runner {
  const known = new Map<Statement<never, unknown>, Prepared>()

  function prepare(statement: Statement<never, unknown>): Prepared {
    const { sql, parameters } = compile(statement)
    const prepared = { text: sql, name: prepares ? `s${known.size}` : undefined, parameters }
    known.set(statement, prepared)
    return prepared
  }

  function query({ statement, values }: Run): QueryConfig {
    const { text, name, parameters } = known.get(statement) ?? prepare(statement)
    return {
      text,
      name,
      values: parameters.map((parameter) => {
        const value = values[parameter]
        if (value === undefined) throw new TypeError(`The statement has no value for ${parameter}`)
        return toDatabase(value)
      }),
    }
  }

  /** Sends statements whose results nobody needs with the next one whose result somebody does. */
  async function runSteps<R>(verb: Verb<R>, sent: Sending): Promise<R> {
    let next = verb.next()
    while (!next.done) {
      const step = next.value
      if (step.wants === 'nothing') {
        for (const run of step.runs) sent.send(query(run))
        next = verb.next()
      } else {
        next = verb.next(resultOf(step, await sent.answer(query(step))))
      }
    }
    return next.value
  }

  return async (client, isolation, verb) => {
    const sent = sending(client)
    if (isolation === 'read') return runSteps(verb, sent)
    sent.send(begin[isolation])
    const result = await runSteps(verb, sent)
    await sent.commit()
    return result
  }
}

function resultOf({ wants }: Exclude<Step, { wants: 'nothing' }>, { rows, rowCount }: QueryResult): unknown {
  if (wants === 'row') return rows[0]
  return wants === 'rows' ? rows : (rowCount ?? 0)
}

// Any other refusal of a commit is one.
const isUndecided = ({ cause }: DriverError): boolean => ['lost', 'unavailable'].includes(failureOf(cause))

interface Sending {
  /** Sends a statement; should it fail, the next `answer` or `commit` rejects. */
  send(config: QueryConfig): void
  /** Sends a statement and waits for it and for all that were sent before. */
  answer(config: QueryConfig): Promise<QueryResult>
  /** @throws CommitUnknown when everything before succeeded and the connection was lost then */
  commit(): Promise<void>
}

function sending(client: PoolClient): Sending {
  let before: Promise<QueryResult>[] = []

  function send(config: QueryConfig): Promise<QueryResult> {
    const answer = ofDriver(client.query(config))
    // It is awaited later, and fails before that.
    answer.catch(() => undefined)
    before.push(answer)
    return answer
  }

  async function settle(): Promise<void> {
    const all = before
    before = []
    await Promise.all(all)
  }

  return {
    send,
    async answer(config) {
      const answer = send(config)
      await settle()
      return answer
    },
    async commit() {
      const [all, answer] = [Promise.all(before), ofDriver(client.query(commit))]
      answer.catch(() => undefined)
      before = []
      await all
      try {
        if ((await answer).command === 'COMMIT') return
      } catch (error) {
        if (!(error instanceof DriverError) || !isUndecided(error)) throw error
        throw new CommitUnknown('The connection was lost while a transaction was committed', { cause: error })
      }
      throw new Error('The database rolled back what it was told to commit')
    },
  }
}
