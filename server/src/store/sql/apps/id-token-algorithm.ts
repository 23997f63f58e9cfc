import type { IdTokenUse, SigningAlgorithm } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'

const selectUse = statement((p: Placeholder<{ apiKey: string }>) =>
  query.selectFrom('apps').select(['id_token_alg', 'document_address']).where('api_key', '=', p('apiKey')),
)

const setAlgorithm = statement((p: Placeholder<{ apiKey: string; algorithm: SigningAlgorithm }>) =>
  query
    .updateTable('apps')
    .set({ id_token_alg: p('algorithm') })
    .where('api_key', '=', p('apiKey'))
    .where('deleted_at', 'is', null),
)

const setAlgorithmOfOwn = statement(
  (p: Placeholder<{ apiKey: string; ownerId: number; algorithm: SigningAlgorithm }>) =>
    query
      .updateTable('apps')
      .set({ id_token_alg: p('algorithm') })
      .where('api_key', '=', p('apiKey'))
      .where('owner_id', '=', p('ownerId'))
      .where('deleted_at', 'is', null),
)

/** Whom the ID tokens of an app are for, and what they are signed with. */
export function* findIdTokenUse(apiKey: string): Verb<IdTokenUse> {
  const row = yield* one(selectUse, { apiKey })
  return { algorithm: row?.id_token_alg ?? 'ES256', clientId: row?.document_address ?? apiKey }
}

/** Sets what signs the ID tokens of an app: of this owner's or, with null, of anybody's, for the operator. */
export function* setIdTokenAlgorithm(
  apiKey: string,
  ownerId: number | null,
  algorithm: SigningAlgorithm,
): Verb<boolean> {
  const changed =
    ownerId === null
      ? yield* change(setAlgorithm, { apiKey, algorithm })
      : yield* change(setAlgorithmOfOwn, { apiKey, ownerId, algorithm })
  return changed > 0
}
