import { createHash } from 'node:crypto'
import { request } from './connection.ts'
import type { Client } from './drive.ts'
import { Person } from './person.ts'
import { type ServerProcess, start } from './processes.ts'

/** A server of ours with an app that somebody allowed. */
export interface Installed {
  readonly server: ServerProcess
  readonly apiKey: string
  /** A code of a new login, which nobody has to be asked about any more. */
  code(): Promise<string>
}

const redirectUri = 'https://app.example/cb'
const verifier = `verifier-${'a'.repeat(43)}`
const challenge = createHash('sha256').update(verifier).digest('base64url')
const person = { handle: 'load_person', password: 'a pass-phrase under load' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Starts a server on an empty folder, with a person, an app, and the person's consent. */
export async function installed(): Promise<Installed> {
  const server = await start('stagedoor')
  const made = await server.command(
    [
      'user',
      'create',
      '--handle',
      person.handle,
      '--name',
      'Some Person',
      '--email',
      'person@example.com',
      '--password-stdin',
    ],
    person.password,
  )
  if (made.code !== 0) throw new Error(made.text)
  const app = ['app', 'create', '--name', 'Some App', '--redirect-uri', redirectUri, '--json']
  const { apiKey } = JSON.parse((await server.command(app)).text)
  await server.serve()
  const browser = new Person(server.url)
  const fields = { login: person.handle, password: person.password }
  await browser.submit(await browser.open('/sign-in'), '/sign-in', fields)
  let logins = 0
  // Each has its own state, as equal requests are one login.
  const authorize = () => {
    logins += 1
    return `/v1/oauth/authorize?${new URLSearchParams({
      ...{ response_type: 'code', scope: 'read', client_id: apiKey, redirect_uri: redirectUri },
      ...{ state: `login ${logins}`, code_challenge: challenge, code_challenge_method: 'S256' },
    })}`
  }
  const codeOf = (end: string) => {
    const code = URL.canParse(end) ? new URL(end).searchParams.get('code') : null
    if (code === null) throw new Error(`There is no code: ${end}`)
    return code
  }
  codeOf(await browser.submit(await browser.open(authorize()), '/consent'))
  return { server, apiKey, code: async () => codeOf(await browser.open(authorize())) }
}

const tokensOf = (body: string) => {
  const { access_token: access, refresh_token: refresh } = JSON.parse(body)
  if (typeof access !== 'string' || typeof refresh !== 'string') throw new Error(body)
  return { access, refresh }
}

const address = (index: number) => `198.51.${Math.floor(index / 250)}.${1 + (index % 250)}`

/** A client that exchanges codes until there are no more, and keeps what it gets. */
export function exchanging(
  { apiKey }: Installed,
  codes: string[],
  pairs: { access: string; refresh: string }[],
  index: number,
): Client {
  return {
    next() {
      const code = codes.pop()
      const body = { grant_type: 'authorization_code', code_verifier: verifier, client_id: apiKey }
      return code === undefined ? undefined : token({ ...body, code, redirect_uri: redirectUri }, index)
    },
    take: ({ body }) => {
      pairs.push(tokensOf(body))
    },
  }
}

/** A client that refreshes one login again and again, and keeps the access tokens it gets. */
export function refreshing({ apiKey }: Installed, first: string, accesses: string[], index: number): Client {
  let refresh = first
  return {
    next: () => token({ grant_type: 'refresh_token', refresh_token: refresh, client_id: apiKey }, index),
    take({ body }) {
      const pair = tokensOf(body)
      refresh = pair.refresh
      accesses.push(pair.access)
    },
  }
}

/** A client that gets an address with one token after another. */
export function getting(
  { server }: Installed,
  path: string,
  accesses: readonly string[],
  index: number,
): Client {
  let turn = index * 7919
  return {
    next() {
      turn += 1
      const access = accesses[turn % accesses.length]
      const headers = access === undefined ? {} : { authorization: `Bearer ${access}` }
      return request(`GET ${path}`, { host: new URL(server.url).host, ...headers }, address(index))
    },
    take({ status, head }) {
      if (status !== 200) throw new Error(head)
    },
  }
}

const token = (fields: Readonly<Record<string, string>>, index: number): Buffer =>
  request('POST /v1/oauth/token', form, address(index), new URLSearchParams(fields).toString())
