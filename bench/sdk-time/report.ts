import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { between } from '../between.ts'
import { median } from '../median.ts'
import type { Times } from './visit.ts'

const page = new URL('../../docs/speed.md', import.meta.url)

/** The medians of what was measured, as a table of milliseconds. */
export function tableOf(all: ReadonlyMap<string, readonly Times[]>): string {
  const rows = Array.from(all, ([entry, times]) => {
    const of = (what: keyof Times, digits = 1) => median(times.map((each) => each[what])).toFixed(digits)
    return `| ${entry.replace('.js', '')} | ${of('import')} | ${of('login')} | ${of('restore')} | ${of('check', 2)} |`
  })
  return [
    '| client | import | login | restore | token check |',
    '| --- | --: | --: | --: | --: |',
    ...rows,
  ].join('\n')
}

/** Writes a table into the documentation. */
export function write(table: string, chromium: string): void {
  const machine = `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model}, Chromium ${chromium}.`
  writeFileSync(page, between(readFileSync(page, 'utf8'), 'sdk-time', `${machine}\n\n${table}`))
}
