import type { Verb } from './transaction.ts'

/**
 * How an engine has to run a verb. `read` changes nothing. `write` holds by its conditional statements and unique
 * indexes alone. `exclusive` looks at several rows and then writes by what it saw, so that where writers run side by
 * side it needs a serializable transaction, repeated whole when the engine says so.
 */
export type Isolation = 'read' | 'write' | 'exclusive'

/**
 * Runs one verb as its isolation asks, by the means of one engine. `verb` makes a fresh transaction at each call; `name` is
 * the method that is called.
 */
export type RunVerb = <Result>(
  isolation: Isolation,
  verb: () => Verb<Result>,
  name: string,
) => Promise<Result>

/** A verb of the contract: how it runs, and what it does. */
export interface VerbEntry<Arguments extends readonly unknown[], Result> {
  readonly isolation: Isolation
  readonly verb: (...values: Arguments) => Verb<Result>
}

export const entry =
  (isolation: Isolation) =>
  <Arguments extends readonly unknown[], Result>(
    verb: (...values: Arguments) => Verb<Result>,
  ): VerbEntry<Arguments, Result> => ({ isolation, verb })

export const read = entry('read')
export const write = entry('write')
export const exclusive = entry('exclusive')
