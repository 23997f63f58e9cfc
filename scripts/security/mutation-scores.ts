import { globSync, readFileSync } from 'node:fs'
import { areas } from '../../mutation/areas.mjs'

/** What became of the changes to one file. */
interface Score {
  readonly area: string
  readonly date: string
  readonly noticed: number
  readonly survived: number
  readonly untested: number
}

/** What Stryker found when each file was last mutated, as a section of the catalogue. */
export function mutationScores(root: string): string {
  const scores: Readonly<Record<string, Score>> = JSON.parse(
    readFileSync(`${root}mutation/scores.json`, 'utf8'),
  )
  const lines = Object.entries(scores).map(([file, { date, noticed, survived, untested }]) => {
    const share = ((100 * noticed) / (noticed + survived + untested)).toFixed(1)
    return `| \`${file}\` | ${noticed} | ${survived} | ${untested} | ${share} % | ${date} |`
  })
  const unmeasured = Object.entries(areas).map(([area, { mutate }]) => {
    const left = mutate.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))
    const files = globSync(
      mutate.filter((pattern) => !pattern.startsWith('!')),
      { cwd: root, exclude: left },
    )
    return `| ${area} | ${files.length} | ${files.filter((file) => !(file in scores)).length} |`
  })
  return `## Mutations

The code is changed bit by bit, and the tests of its area are run again: a change that none of them notices survives. Texts are left
as they are. \`npm run mutation\` runs all of it, which takes hours, \`MUTATION_FILES=a.ts,b.ts npm run mutation -- AREA\` some of an area. This is
what each file came to when it was last run. What survives there is read: it changes nothing that can be seen (an anchor of a pattern
that matches everything, a name of a lock, the last millisecond of a record's life).

| file | noticed | survived | reached by no test | score | on |
| --- | --- | --- | --- | --- | --- |
${lines.join('\n')}

The rest was not measured:

| area | files | not measured |
| --- | --- | --- |
${unmeasured.join('\n')}
`
}
