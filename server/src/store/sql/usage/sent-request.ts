import { Type } from 'typebox'
import type { SentRequest } from '../../contract/store.ts'
import { readJson } from '../read-json.ts'

/** Gives the events of the log what was sent. */
export const sentRequests = 'ALTER TABLE flow_events ADD COLUMN sent TEXT;'

const Column = Type.Object({ route: Type.String(), parameters: Type.Record(Type.String(), Type.String()) })

/** What of a request is stored, in one column. */
export const toSentColumn = (sent: SentRequest | null): string | null =>
  sent === null ? null : JSON.stringify(sent)

/** A request as it was stored. */
export const toSent = (column: string | null): SentRequest | null =>
  column === null ? null : readJson(Column, column)
