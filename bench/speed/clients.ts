import { request } from './connection.ts'
import type { Client } from './drive.ts'
import type { Subject } from './subjects.ts'

/** How many connections ask at once. */
export const connections = 32

/** What a client was given by a token endpoint. */
export interface Pair {
  readonly access: string
  readonly refresh: string
}

/** The end of a login at an app: its code, and what proves whose it is (RFC 7636 §4.1). */
export interface Login {
  readonly code: string
  readonly codeVerifier: string
}

/** One client for each connection. */
export const clients = (client: (index: number) => Client, count = connections): Client[] =>
  Array.from({ length: count }, (_, index) => client(index))

const form = { 'content-type': 'application/x-www-form-urlencoded' }
/** Where the client of a connection asks from. */
export const address = (index: number): string =>
  `198.${51 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`

function pairOf(body: string): Pair {
  const { access_token: access, refresh_token: refresh } = JSON.parse(body)
  if (typeof access !== 'string' || typeof refresh !== 'string') throw new Error(body)
  return { access, refresh }
}

/** A form that an app sends. */
export const posting = (
  { server }: Subject,
  path: string,
  fields: Readonly<Record<string, string>>,
  index: number,
): Buffer =>
  request(
    `POST ${path}`,
    { ...form, host: new URL(server.url).host },
    address(index),
    new URLSearchParams(fields).toString(),
  )

/** A client that exchanges codes until there are no more, and keeps what it gets. */
export function exchanging(subject: Subject, logins: Login[], pairs: Pair[], index: number): Client {
  const { clientId, redirectUri, tokenPath } = subject.prepared
  const always = { grant_type: 'authorization_code', client_id: clientId, redirect_uri: redirectUri }
  return {
    next() {
      const login = logins.pop()
      if (login === undefined) return undefined
      const { code, codeVerifier } = login
      return posting(subject, tokenPath, { ...always, code, code_verifier: codeVerifier }, index)
    },
    take: ({ body }) => {
      pairs.push(pairOf(body))
    },
  }
}

/** A client that refreshes one login again and again, and keeps the access tokens it gets. */
export function refreshing(
  subject: Subject,
  login: { refresh: string },
  accesses: string[],
  index: number,
): Client {
  const { clientId, tokenPath } = subject.prepared
  const always = { grant_type: 'refresh_token', client_id: clientId }
  return {
    next: () => posting(subject, tokenPath, { ...always, refresh_token: login.refresh }, index),
    take({ body }) {
      const pair = pairOf(body)
      login.refresh = pair.refresh
      accesses.push(pair.access)
    },
  }
}

/** A client that gets an address with tokens at random. */
export function getting(
  { server }: Subject,
  path: string,
  accesses: readonly string[],
  index: number,
): Client {
  const host = new URL(server.url).host
  return {
    next() {
      const access = accesses[Math.floor(Math.random() * accesses.length)]
      return request(`GET ${path}`, { host, authorization: `Bearer ${access}` }, address(index))
    },
    take: expecting(200),
  }
}

/** A client that sends the same request again and again, as nobody in particular from many places. */
export function repeating(
  { server }: Subject,
  line: string,
  headers: Readonly<Record<string, string>>,
  status: number,
  index: number,
): Client {
  const host = new URL(server.url).host
  // One address may ask only so often.
  const all = Array.from({ length: 32 }, (_, place) =>
    request(line, { host, ...headers }, address(index * 32 + place)),
  )
  let turn = 0
  return {
    next() {
      turn = (turn + 1) % all.length
      return all[turn]
    },
    take: expecting(status),
  }
}

/** A client that sends the very same bytes again and again. */
export const resending = (bytes: Buffer, status: number): Client => ({
  next: () => bytes,
  take: expecting(status),
})

/** A client that sends what is on a list, until nothing is left. */
export const sending = (requests: Buffer[], status: number): Client => ({
  next: () => requests.pop(),
  take: expecting(status),
})

/** Looks at the status of an answer. */
export const expecting =
  (status: number): Client['take'] =>
  (answer) => {
    if (answer.status !== status) throw new Error(`${answer.head}\n\n${answer.body}`)
  }
