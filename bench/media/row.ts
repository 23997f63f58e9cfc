/** What became of one thing that was sent. */
export interface Row {
  readonly name: string
  readonly bytes: number
  readonly outcome: string
  readonly isRight: boolean
}

/** A refusal, which is right where its words were expected. */
export const refusal = (name: string, bytes: number, words: string, expected: RegExp | undefined): Row => ({
  name,
  bytes,
  outcome: words,
  isRight: expected?.test(words) ?? false,
})

/** Rows as a table in Markdown. */
export const tableOf = (rows: readonly Row[]): string =>
  ['| what is sent | kB | what becomes of it |', '| --- | --: | --- |', ...rows.map(lineOf)].join('\n')

/** A row of it. */
export const lineOf = ({ name, bytes, outcome, isRight }: Row): string =>
  `| ${name} | ${Math.max(1, Math.round(bytes / 1000))} | ${isRight ? '' : '**wrong:** '}${outcome} |`
