import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const file = join(import.meta.dirname, 'scores.json')

/** Keeps for the catalogue what the report of an area says of each file, and when that was. */
export function keepScore(area, report) {
  const scores = JSON.parse(readFileSync(file, 'utf8'))
  for (const [path, { mutants }] of Object.entries(report.files)) {
    const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length
    scores[path] = {
      area,
      date: new Date().toISOString().slice(0, 10),
      noticed: count('Killed', 'Timeout'),
      survived: count('Survived'),
      untested: count('NoCoverage'),
    }
  }
  const sorted = Object.fromEntries(Object.entries(scores).sort(([one], [other]) => one.localeCompare(other)))
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
}
