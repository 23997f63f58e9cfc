/**
 * What many nodes come to: the model and the simulation of docs/scaling.md.
 * `npm run scale -w bench -- [--measure postgres://user:password@localhost/empty] [--write]`
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { between } from './between.ts'
import { measure } from './scale/measured.ts'
import { modelTable, simulationTable } from './scale/model.ts'

const { values } = parseArgs({
  options: { measure: { type: 'string' }, write: { type: 'boolean', default: false } },
})
if (values.measure !== undefined) await measure(values.measure, 3000)
const tables = { model: modelTable(), simulation: simulationTable() }
console.log(Object.values(tables).join('\n\n'))
if (values.write) {
  const page = new URL('../docs/scaling.md', import.meta.url)
  const text = Object.entries(tables).reduce(
    (text, [name, table]) => between(text, name, table),
    readFileSync(page, 'utf8'),
  )
  writeFileSync(page, text)
}
