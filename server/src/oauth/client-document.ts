import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { type FactName, parseFact } from '../apps/app-facts.ts'
import { imitates } from '../apps/display-name.ts'
import { nameFault } from '../apps/name-fault.ts'
import { redirectUriFault } from '../apps/redirect-uri.ts'
import { clientDocument as refuse } from '../errors/client-document.ts'
import { OutgoingError, type OutgoingReply, type Send } from '../outgoing/send.ts'
import type { AppFacts, Instant } from '../store/contract/store.ts'

/** A client that introduces itself by a document (OAuth Client ID Metadata Document §4). */
export interface DocumentClient {
  /** The address of the document, which is the client's `client_id`. */
  readonly address: string
  /** What it calls itself; the host that the document lies at where it does not say. */
  readonly name: string
  /** What of it may be shown: an address that people could not be led to is left out. */
  readonly facts: AppFacts
  readonly redirectUris: readonly string[]
  /** Whether its tokens are good with proofs of its key alone (RFC 9449 §5.2). */
  readonly bindsTokens: boolean
  /** Whether it sends its requests ahead, and a browser's alone is none of its own (RFC 9126 §6). */
  readonly pushesRequests: boolean
}

/** Reads the documents by which clients introduce themselves. @throws PageError saying what is wrong with one */
export type ReadClientDocument = (address: string) => Promise<DocumentClient>

const bounds = { timeoutMs: 5000, maxBytes: 10_000 }
const cached = { most: 500, leastMs: 10_000, defaultMs: 5 * 60_000, longestMs: 24 * 60 * 60_000 }
const mostRedirectUris = 50

const Content = Type.Object({
  client_id: Type.String(),
  client_name: Type.Optional(Type.String()),
  redirect_uris: Type.Array(Type.String(), { minItems: 1, maxItems: mostRedirectUris }),
  token_endpoint_auth_method: Type.Optional(Type.String()),
  grant_types: Type.Optional(Type.Array(Type.String())),
  response_types: Type.Optional(Type.Array(Type.String())),
  dpop_bound_access_tokens: Type.Optional(Type.Boolean()),
  require_pushed_authorization_requests: Type.Optional(Type.Boolean()),
})

interface DocumentDeps {
  readonly send: Send
  readonly clock: () => Instant
  readonly brand: string
}

/** Reads documents, each at most once at a time, and keeps the good ones for as long as their servers say, within bounds. */
export function clientDocuments(deps: DocumentDeps): ReadClientDocument {
  const kept = new Map<string, { readonly client: DocumentClient; readonly until: Instant }>()
  const underWay = new Map<string, Promise<DocumentClient>>()
  return async (address) => {
    const known = kept.get(address)
    if (known !== undefined && known.until > deps.clock()) return known.client
    kept.delete(address)
    const reading = underWay.get(address) ?? read(address)
    underWay.set(address, reading)
    return reading.finally(() => underWay.delete(address))
  }

  async function read(address: string): Promise<DocumentClient> {
    const reply = await fetched(address, deps.send)
    const client = clientOf(address, reply, deps.brand)
    const [oldest] = kept.keys()
    if (kept.size >= cached.most && oldest !== undefined) kept.delete(oldest)
    kept.set(address, { client, until: deps.clock() + lifetimeOf(reply) })
    return client
  }
}

async function fetched(address: string, send: Send): Promise<OutgoingReply> {
  const headers = { accept: 'application/json' }
  try {
    return await send({ url: new URL(address), method: 'GET', headers }, bounds)
  } catch (error) {
    if (error instanceof OutgoingError) throw refuse.unread(error.fault)
    throw error
  }
}

function clientOf(address: string, reply: OutgoingReply, brand: string): DocumentClient {
  for (const check of checksOfReply) check(reply)
  const document = parsed(reply.body)
  for (const check of checksOfDocument) check(document, address)
  // The last check has seen to it.
  const {
    client_name: name = new URL(address).host,
    redirect_uris: redirectUris,
    dpop_bound_access_tokens: bindsTokens = false,
    require_pushed_authorization_requests: pushesRequests = false,
  } = Value.Parse(Content, document)
  const fault = nameFault(name)
  if (fault !== undefined) throw refuse.member('client_name', `it ${fault}`)
  if (imitates(name, brand))
    throw refuse.member('client_name', 'it is the name of this service, or looks like it')
  return { address, name, facts: factsOf(document), redirectUris, bindsTokens, pushesRequests }
}

function factsOf(document: Document): AppFacts {
  const read = (name: FactName, ...members: readonly unknown[]): string | null => {
    for (const member of members) {
      const parsed = typeof member === 'string' ? parseFact(name, member) : { value: null }
      if ('value' in parsed && parsed.value !== null) return parsed.value
    }
    return null
  }
  const contacts: readonly unknown[] = Array.isArray(document['contacts']) ? document['contacts'] : []
  return {
    clientUri: read('clientUri', document['client_uri']),
    tosUri: read('tosUri', document['tos_uri']),
    policyUri: read('policyUri', document['policy_uri']),
    contact: read('contact', ...contacts),
  }
}

// In the order in which they can be told of the answer.
const checksOfReply: readonly ((reply: OutgoingReply) => void)[] = [
  ({ status }) => {
    if (status !== 200) throw refuse.status(status)
  },
  (reply) => {
    const type = reply.header('content-type') ?? ''
    if (!/^application\/(?:[\w.-]+\+)?json *(?:;|$)/i.test(type)) throw refuse.type()
  },
  (reply) => {
    if ((reply.header('content-encoding') ?? 'identity').toLowerCase() !== 'identity') throw refuse.type()
  },
]

type Document = Readonly<Record<string, unknown>>

const checksOfDocument: readonly ((document: Document, address: string) => void)[] = [
  // Compared as strings are (§4.1): who can place a file at one address says nothing of another.
  (document, address) => {
    if (document['client_id'] !== address)
      throw refuse.member('client_id', 'it must be the address of the document')
  },
  (document) => {
    for (const name of ['client_secret', 'client_secret_expires_at'])
      if (name in document) throw refuse.member(name, 'what everybody can read is no secret')
  },
  (document) => {
    if (!Value.Check(Content, document))
      throw refuse.member(firstWrong(document), 'it is missing, or not what RFC 7591 says')
  },
  ({ token_endpoint_auth_method: method = 'none' }) => {
    if (method !== 'none') throw refuse.member('token_endpoint_auth_method', 'clients are public here: none')
  },
  ({ grant_types: types = ['authorization_code'] }) => {
    if (Array.isArray(types) && !types.includes('authorization_code'))
      throw refuse.member('grant_types', 'it must include authorization_code')
  },
  ({ response_types: types = ['code'] }) => {
    if (Array.isArray(types) && !types.includes('code'))
      throw refuse.member('response_types', 'it must include code')
  },
  (document) => {
    for (const [name, isKept, why] of unkept)
      if (document[name] !== undefined && !isKept(document[name])) throw refuse.member(name, why)
  },
  ({ redirect_uris: uris }) => {
    for (const uri of Array.isArray(uris) ? uris : []) {
      const fault = redirectUriFault(String(uri))
      if (fault !== undefined) throw refuse.member('redirect_uris', fault.words)
    }
  },
]

const isOff = (value: unknown) => value === false
const never = () => false

/**
 * What a client may ask to be protected by and would not be: better refused than ignored. Whatever else a document says
 * describes the client (`logo_uri`, `scope`, `jwks`, `software_id` …), is said by each request (`default_max_age`), or asks less than is done.
 */
const unkept: readonly (readonly [name: string, isKept: (value: unknown) => boolean, why: string])[] = [
  ['require_signed_request_object', isOff, 'signed requests are not read here'],
  ['request_object_signing_alg', never, 'signed requests are not read here'],
  [
    'tls_client_certificate_bound_access_tokens',
    isOff,
    'tokens are bound to keys here, by dpop_bound_access_tokens',
  ],
  ['subject_type', (value) => value === 'public', 'it must be public'],
  ['id_token_encrypted_response_alg', never, 'ID tokens are signed here, not encrypted'],
  ['userinfo_signed_response_alg', never, 'userinfo is plain JSON here'],
  ['userinfo_encrypted_response_alg', never, 'userinfo is plain JSON here'],
]

function parsed(body: Buffer): Document {
  try {
    const document: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (Value.Check(Type.Record(Type.String(), Type.Unknown()), document)) return document
  } catch {}
  throw refuse.notAnObject()
}

const firstWrong = (document: Document): string =>
  Object.entries(Content.properties).find(([name, schema]) => {
    const isOptional = !Content.required.some((required) => required === name)
    return !(isOptional && document[name] === undefined) && !Value.Check(schema, document[name])
  })?.[0] ?? 'client_id'

// RFC 9111 §5.2.2; nothing is kept for so long that its owner could not take it back within a day.
function lifetimeOf(reply: OutgoingReply): number {
  const directives = (reply.header('cache-control') ?? '').toLowerCase().split(/\s*,\s*/)
  const maxAge = directives
    .map((each) => /^max-age=(\d{1,9})$/.exec(each)?.[1])
    .find((age) => age !== undefined)
  const isKeptBack = directives.includes('no-store') || directives.includes('no-cache')
  const asked = isKeptBack ? 0 : maxAge === undefined ? cached.defaultMs : Number(maxAge) * 1000
  return Math.min(Math.max(asked, cached.leastMs), cached.longestMs)
}
