import { readFileSync, writeFileSync } from 'node:fs'
import { between } from '../between.ts'

const page = new URL('../../docs/speed.md', import.meta.url)
const drawing = new URL('../../docs/speed.svg', import.meta.url)

/** Writes a report into the documentation. @param mark where */
export const write = (mark: 'figures' | 'figures on PostgreSQL', report: string): void =>
  writeFileSync(page, between(readFileSync(page, 'utf8'), mark, report))

/** Writes the drawing beside it. */
export const draw = (chart: string): void => writeFileSync(drawing, chart)
