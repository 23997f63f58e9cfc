import { request } from './connection.ts'
import type { Client } from './drive.ts'
import type { Subject } from './subjects.ts'

/** What a client was given by a token endpoint. */
export interface Pair {
  readonly access: string
  readonly refresh: string
}

/** As many codes as can be made and exchanged within the minute that each lives. */
export const codesAtOnce = 400

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const address = (index: number) => `198.51.${Math.floor(index / 250)}.${1 + (index % 250)}`

function pairOf(body: string): Pair {
  const { access_token: access, refresh_token: refresh } = JSON.parse(body)
  if (typeof access !== 'string' || typeof refresh !== 'string') throw new Error(body)
  return { access, refresh }
}

const token = (
  { server, prepared }: Subject,
  fields: Readonly<Record<string, string>>,
  index: number,
): Buffer =>
  request(
    `POST ${prepared.tokenPath}`,
    { ...form, host: new URL(server.url).host },
    address(index),
    new URLSearchParams(fields).toString(),
  )

/** A client that exchanges codes until there are no more, and keeps what it gets. */
export function exchanging(subject: Subject, codes: string[], pairs: Pair[], index: number): Client {
  const { clientId, redirectUri, codeVerifier } = subject.prepared
  const always = { grant_type: 'authorization_code', client_id: clientId, redirect_uri: redirectUri }
  return {
    next() {
      const code = codes.pop()
      return code === undefined
        ? undefined
        : token(subject, { ...always, code, code_verifier: codeVerifier }, index)
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
  const always = { grant_type: 'refresh_token', client_id: subject.prepared.clientId }
  return {
    next: () => token(subject, { ...always, refresh_token: login.refresh }, index),
    take({ body }) {
      const pair = pairOf(body)
      login.refresh = pair.refresh
      accesses.push(pair.access)
    },
  }
}

/** A client that gets an address with one token after another. */
export function getting(
  { server }: Subject,
  path: string,
  accesses: readonly string[],
  index: number,
): Client {
  let turn = index * 7919
  const host = new URL(server.url).host
  return {
    next() {
      turn += 1
      const access = accesses[turn % accesses.length]
      // Nobody in particular asks from many places, as one may ask only so often.
      if (access === undefined) return request(`GET ${path}`, { host }, address(index * 32 + (turn % 32)))
      return request(`GET ${path}`, { host, authorization: `Bearer ${access}` }, address(index))
    },
    take({ status, head }) {
      if (status !== 200) throw new Error(head)
    },
  }
}

/** Clients that send so many requests in all. */
export function inAll(count: number, clients: readonly Client[]): Client[] {
  let left = count
  return clients.map(({ next, take }) => ({
    take,
    next() {
      left -= 1
      return left < 0 ? undefined : next()
    },
  }))
}

/** A client that sends the same request again and again. */
export function asking(line: string, body = ''): Client {
  const bytes = request(line, body === '' ? {} : form, address(0), body)
  return {
    next: () => bytes,
    take({ status, head }) {
      if (status !== 200) throw new Error(head)
    },
  }
}
