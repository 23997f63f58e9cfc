import type { SearchKind } from '../../contract/search.ts'

/** What the thread that searches is asked. */
export interface Question {
  readonly number: number
  readonly kind: SearchKind
  readonly text: string
}

/** What it answers: what was found, or why it cannot say and whether that is the database's fault. */
export type Answer =
  | { readonly number: number; readonly ids: readonly number[] }
  | { readonly number: number; readonly fault: string; readonly isUnavailable: boolean }

const kinds: ReadonlySet<unknown> = new Set<SearchKind>(['tracks', 'users', 'playlists'])

export const isQuestion = (message: unknown): message is Question => {
  const { number, kind, text }: Readonly<Record<string, unknown>> = Object(message)
  return typeof number === 'number' && kinds.has(kind) && typeof text === 'string'
}

export const isAnswer = (message: unknown): message is Answer => {
  const { number, ids, fault, isUnavailable }: Readonly<Record<string, unknown>> = Object(message)
  const isFault = typeof fault === 'string' && typeof isUnavailable === 'boolean'
  return typeof number === 'number' && (Array.isArray(ids) || isFault)
}
