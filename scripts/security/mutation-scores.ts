import { readFileSync } from 'node:fs'
import { areas } from '../../mutation/areas.mjs'

interface Score {
  readonly files: number
  readonly noticed: number
  readonly survived: number
  readonly untested: number
}

/** What Stryker found when each area was last mutated, as a section of the catalogue. */
export function mutationScores(root: string): string {
  const scores: Readonly<Record<string, Score>> = JSON.parse(
    readFileSync(`${root}mutation/scores.json`, 'utf8'),
  )
  const line = (area: string) => {
    const score = scores[area]
    if (score === undefined) return `| ${area} | | | | | not run yet |`
    const { files, noticed, survived, untested } = score
    const share = ((100 * noticed) / (noticed + survived + untested)).toFixed(1)
    return `| ${area} | ${files} | ${noticed} | ${survived} | ${untested} | ${share} % |`
  }
  return `## Mutations

The code of each area is changed bit by bit, and its tests are run again: a change that none of them notices survives. Texts are left
as they are. \`npm run mutation\` runs all of it, which takes hours; this is what each area came to when it was last run.

| area | files | noticed | survived | reached by no test | score |
| --- | --- | --- | --- | --- | --- |
${Object.keys(areas).map(line).join('\n')}
`
}
