import type { Generated } from 'kysely'
import type { Instant, SigningAlgorithm } from '../../contract/store.ts'
import type { Flag } from './flag.ts'

export interface Apps {
  api_key: string
  name: string
  name_key: string
  description: Generated<string | null>
  /** CID of a square image in the content store. */
  logo: Generated<string | null>
  owner_id: number | null
  created_at: Instant
  updated_at: Instant
  suspended_at: Generated<Instant | null>
  deleted_at: Generated<Instant | null>
  /** Authorization requests that were made until then can no longer be allowed. */
  requests_ended_at: Generated<Instant | null>
  id_token_alg: Generated<SigningAlgorithm>
  /** Where the document of an app lies that nobody has registered. */
  document_address: Generated<string | null>
  /** Where it is told that a session has ended (OpenID Connect Back-Channel Logout). */
  logout_uri: Generated<string | null>
  /** Whether its tokens are good with proofs of a key alone (RFC 9449). */
  binds_tokens: Generated<Flag>
  /** What it says of itself for people to open (RFC 7591 §2). */
  client_uri: Generated<string | null>
  tos_uri: Generated<string | null>
  policy_uri: Generated<string | null>
  contact: Generated<string | null>
}

export interface RedirectUris {
  api_key: string
  uri: string
  position: number
}
