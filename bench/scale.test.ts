import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { modelTable, simulationTable } from './scale/model.ts'

test('the page on scaling says what its script prints', () => {
  const page = readFileSync(new URL('../docs/scaling.md', import.meta.url), 'utf8')
  expect(page).toContain(modelTable())
  expect(page).toContain(simulationTable())
})
