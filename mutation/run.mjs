/**
 * `npm run mutation`: mutates every area, one after the other; `npm run mutation -- oauth store` those, and with
 * MUTATION_FILES=a.ts,b.ts those files of one.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { areas } from './areas.mjs'
import { keepScore } from './scores.mjs'

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(areas, name))
if (unknown.length > 0) {
  console.error(`There is no area ${unknown.join(', ')}. The areas are ${Object.keys(areas).join(', ')}.`)
  process.exit(1)
}
for (const name of asked.length > 0 ? asked : Object.keys(areas)) {
  console.log(`Mutating ${name}`)
  const { status } = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, 'node_modules/@stryker-mutator/core/bin/stryker.js'),
      'run',
      'mutation/stryker.config.mjs',
    ],
    { cwd: join(import.meta.dirname, '..'), stdio: 'inherit', env: { ...process.env, MUTATION_AREA: name } },
  )
  const report = join(import.meta.dirname, `../test-results/mutation-${name}.json`)
  if (status !== 0) process.exitCode = 1
  else keepScore(name, JSON.parse(readFileSync(report, 'utf8')))
}
