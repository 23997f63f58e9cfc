import { Type } from 'typebox'
import type { Identity } from '../../contract/store.ts'
import { readJson } from '../read-json.ts'

const Column = Type.Object({
  profile: Type.Boolean(),
  email: Type.Boolean(),
  nonce: Type.Union([Type.String(), Type.Null()]),
  authenticatedAt: Type.Number(),
  method: Type.Union([Type.Literal('password'), Type.Literal('passkey'), Type.Null()]),
  sid: Type.String(),
})

/** What of an identity is stored, in one column. */
export const toColumn = (identity: Identity | null): string | null =>
  identity === null ? null : JSON.stringify(identity)

/** An identity as it was stored. */
export const toIdentity = (column: string | null): Identity | null =>
  column === null ? null : readJson(Column, column)

/** An identity with its user, where there is one. */
export function issued(
  column: string | null,
  userId: number,
): { readonly identity?: Identity & { readonly userId: number } } {
  const identity = toIdentity(column)
  return identity === null ? {} : { identity: { ...identity, userId } }
}
