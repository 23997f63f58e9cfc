import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const file = join(import.meta.dirname, 'scores.json')

/** Keeps what the report of an area says, for the catalogue. Of files alone nothing is kept: they are no area. */
export function keepScore(area, report) {
  const mutants = Object.values(report.files).flatMap(({ mutants }) => mutants)
  const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length
  const scores = JSON.parse(readFileSync(file, 'utf8'))
  scores[area] = {
    files: Object.keys(report.files).length,
    noticed: count('Killed', 'Timeout'),
    survived: count('Survived'),
    untested: count('NoCoverage'),
  }
  const sorted = Object.fromEntries(Object.entries(scores).sort(([one], [other]) => one.localeCompare(other)))
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
}
