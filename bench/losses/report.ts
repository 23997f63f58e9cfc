import { readFileSync, writeFileSync } from 'node:fs'
import type { Accident } from './accidents.ts'
import type { Client } from './clients.ts'

export interface Outcome {
  readonly client: Client
  readonly accident: Accident
  /** Whether the person was as they should be in the end, without a new login; null for a trial that did not end. */
  readonly isKept: boolean | null
}

const document = new URL('../../docs/losses.md', import.meta.url)
const [begin, end] = ['<!-- losses -->', '<!-- end -->']

/** Accident by client: how often all was well, of how often it happened. */
export function tableOf(
  outcomes: readonly Outcome[],
  clients: readonly Client[],
  accidents: readonly Accident[],
): string {
  const cellOf = (accident: Accident, client: Client) => {
    const tried = outcomes.filter((one) => one.accident === accident && one.client.name === client.name)
    const unended = tried.filter(({ isKept }) => isKept === null).length
    const kept = `${tried.filter(({ isKept }) => isKept).length}/${tried.length}`
    return unended > 0 ? `${kept}, ${unended} did not end` : kept
  }
  const heads = clients.map(({ name, version }) => `${name} ${version}`)
  const rows = accidents.map((accident) =>
    [`${accident.when} ${accident.what}`, ...clients.map((client) => cellOf(accident, client))].join(' | '),
  )
  return [
    `| what happens once | ${heads.join(' | ')} |`,
    `| --- |${heads.map(() => ' --: |').join('')}`,
    ...rows.map((row) => `| ${row} |`),
  ].join('\n')
}

/** Writes the table into docs/losses.md. */
export function write(table: string): void {
  const text = readFileSync(document, 'utf8')
  const [before = '', rest = ''] = text.split(begin)
  const after = rest.split(end).slice(1).join(end)
  writeFileSync(document, `${before}${begin}\n${table}\n${end}${after}`)
}
