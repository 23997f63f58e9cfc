import { readFileSync, writeFileSync } from 'node:fs'
import type { Goal } from './goals.ts'

const recorded = new URL('recorded.json', import.meta.url)
/** How much a ratio may have become worse before it is no noise of a busy machine. */
const noise = 1.4

const kept = (goals: readonly Goal[]) => goals.filter(({ isOfCpu, value }) => isOfCpu && value !== undefined)

/** Keeps the ratios of a run for later ones. */
export function record(goals: readonly Goal[]): void {
  const ratios = Object.fromEntries(kept(goals).map(({ name, value }) => [name, value]))
  writeFileSync(recorded, `${JSON.stringify(ratios, null, 2)}\n`)
}

/** What has become worse than recorded, beyond noise, each in words. */
export function worse(goals: readonly Goal[]): readonly string[] {
  const before: Readonly<Record<string, number>> = JSON.parse(readFileSync(recorded, 'utf8'))
  return kept(goals).flatMap(({ name, value = Number.NaN }) => {
    const was = before[name]
    return was !== undefined && !(value <= was * noise) ? [`${name}: ${value}, recorded ${was}`] : []
  })
}
