import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox'
import type { Random } from '../crypto/secret.ts'
import type { Credentials } from '../oauth/bearer.ts'
import type { Dpop } from '../oauth/dpop/dpop.ts'
import type { AccessToken } from '../store/contract/oauth.ts'
import type { Instant, Store } from '../store/contract/store.ts'
import type { ContentStore } from '../uploads/content/store.ts'
import type { Previews } from '../uploads/processing/track-previews.ts'
import { type Access, type Caller, callerOf } from './caller.ts'
import { common } from './fields.ts'
import { readApiKey, readIdOfPath } from './ids.ts'
import { once } from './once.ts'
import { type Query, readBody, readQuery } from './parameters.ts'

export interface ApiDeps {
  /** Null where no token is bound to a key. */
  readonly dpop: Dpop | null
  readonly store: Store
  readonly clock: () => Instant
  readonly random: Random
  /** The origin under which everyone reaches this server. */
  readonly issuer: string
  /** This server's own name. */
  readonly brand: string
  /** Whether apps and tracks are for those who have confirmed their email: where mail is sent. */
  readonly needsConfirmedEmail: boolean
  readonly previews: Previews
  readonly content: ContentStore
}

/** A call as the edge hands it over. */
export interface Call {
  readonly credentials: Credentials
  readonly query: Query
  path(name: string): string
  /** Reads the body as JSON. */
  json(): unknown
  /** The `Idempotency-Key` that was sent. */
  readonly key: string | undefined
  /** Whether only the head of the answer is wanted, and so nothing may change. */
  readonly isHead: boolean
  /** Lets the call in once it is known who makes it; rejects with an OAuthError 429 when that is too much. */
  admit(caller: AccessToken | null): Promise<void>
}

/** What a call is answered with: a JSON value, an address to go to, or audio to save under a name. */
export type Outcome =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'attachment'; readonly cid: string; readonly filename: string }

/** One call of the API: what the document says of it, and what answers it. */
export interface Resource {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With its parameters in braces. */
  readonly path: string
  /** The method and the path, by which it is counted. */
  readonly route: string
  /** Its name in the document, and the method of the SDK that makes it. */
  readonly name: string
  readonly group: 'Users' | 'Tracks' | 'Playlists' | 'Library' | 'Comments' | 'Search' | 'Apps'
  readonly summary: string
  readonly access: Access
  readonly query: TObject
  readonly body: TObject | null
  /** The JSON answered; null for a call that never answers JSON. */
  readonly answer: TSchema | null
  /** What it answers beside JSON. */
  readonly beside: 'redirect' | 'attachment' | null
  readonly respond: (call: Call, deps: ApiDeps) => Promise<Outcome>
}

type Named<P extends string, N extends string, T> = P extends `${string}{${N}}${string}`
  ? Readonly<Record<N, T>>
  : unknown
type PathOf<P extends string> = Named<P, 'id', number> &
  Named<P, 'handle', string> &
  Named<P, 'wallet', string> &
  Named<P, 'api_key', string>

interface Definition<P extends string, A extends Access, Q extends TProperties, B extends TProperties>
  extends Pick<Resource, 'method' | 'name' | 'group' | 'summary' | 'answer'> {
  readonly path: P
  readonly access: A
  /** Whether the call is for the user of the path's `{id}` alone. */
  readonly isOwners?: boolean
  readonly query?: Q
  readonly body?: B
  readonly beside?: Resource['beside']
  readonly respond: (
    call: {
      readonly caller: Caller<A>
      readonly path: PathOf<P>
      readonly query: Static<TObject<Q>>
      readonly body: Static<TObject<B>>
      readonly isHead: boolean
    },
    deps: ApiDeps,
  ) => Promise<Outcome>
}

const commonQuery = Type.Object(common)
const noBody = Object.freeze({})
const noIds: Ids = Object.freeze({})

/** Makes a call of its definition: who calls is decided first, then the path, the query and the body are read. */
export function resource<
  P extends string,
  A extends Access,
  Q extends TProperties = Record<never, never>,
  B extends TProperties = Record<never, never>,
>(definition: Definition<P, A, Q, B>): Resource {
  const query = Type.Object({ ...definition.query, ...common })
  const own = Type.Object(definition.query ?? ({} as Q))
  const body = Type.Object(definition.body ?? ({} as B))
  const { method, path, name, group, summary, access, answer, beside = null } = definition
  const idsOf = path.includes('{') ? (call: Call) => pathOf(path, call) : () => noIds
  return {
    ...{ method, path, name, group, summary, access, answer, beside, query },
    route: `${method} ${path}`,
    body: definition.body === undefined ? null : body,
    async respond(call, deps) {
      const { user_id: userId } = readQuery(commonQuery, call.query)
      const ids = idsOf(call)
      const ownerId = definition.isOwners ? ids.id : undefined
      const { credentials } = call
      const claimed = { credentials, userId, ownerId, apiKey: ids.api_key }
      const caller = await callerOf(access, claimed, deps)
      await call.admit(caller !== null && 'scope' in caller ? caller : null)
      // Without a definition `B` has no field.
      const sent =
        definition.body === undefined ? (noBody as Static<TObject<B>>) : readBody(body, call.json())
      // `pathOf` reads what `PathOf` finds in the same text.
      const what = {
        caller,
        path: ids as PathOf<P>,
        query: readQuery(own, call.query),
        body: sent,
        isHead: call.isHead,
      }
      const key = isCreation(method, definition.body) ? call.key : undefined
      if (key === undefined || caller === null) return definition.respond(what, deps)
      return once(key, { name, userId: caller.user.id, sent: [ids, sent] }, deps, (onceDeps) =>
        definition.respond(what, onceDeps),
      )
    },
  }
}

/** Whether a call makes something, so that a key can see to it that it does so once. */
export const isCreation = (method: Resource['method'], body: unknown): boolean =>
  method === 'POST' && body !== undefined && body !== null

/** Answers a JSON value. */
export const value = (json: unknown): Outcome => ({ kind: 'json', value: json })

/** What stands in the path of a call. */
interface Ids {
  readonly id?: number
  readonly handle?: string
  readonly wallet?: string
  readonly api_key?: string
}

function pathOf(path: string, call: Call): Ids {
  return {
    ...(path.includes('{id}') && { id: readIdOfPath(call.path('id'), 'id') }),
    ...(path.includes('{wallet}') && { wallet: call.path('wallet') }),
    ...(path.includes('{handle}') && { handle: call.path('handle') }),
    ...(path.includes('{api_key}') && { api_key: readApiKey(call.path('api_key')) }),
  }
}
