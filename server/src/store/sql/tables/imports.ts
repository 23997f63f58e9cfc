import type { Instant } from '../../contract/store.ts'

/** What becomes of the archive that a user sent last. */
export interface Imports {
  user_id: number
  state: 'working' | 'done' | 'refused'
  words: string | null
  done: number
  total: number
  updated_at: Instant
}

/** Which track or playlist of a user is one that was elsewhere before. */
export interface ImportedItems {
  user_id: number
  server: string
  kind: 'track' | 'playlist'
  source_id: number
  item_id: number
}
