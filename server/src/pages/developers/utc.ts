import type { Instant } from '../../store/contract/store.ts'

/** Writes an instant for people, to the second: 2026-11-24 00:05:16 UTC. */
export function utcOf(at: Instant): string {
  const iso = new Date(at).toISOString()
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}
