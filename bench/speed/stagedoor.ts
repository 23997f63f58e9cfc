import { codeChallenge, codeVerifier, redirectUri } from '../server-peers/prepared.ts'
import { Person } from './person.ts'
import { type ServerProcess, start, thisCheckout } from './processes.ts'

/** A server of ours with an app that somebody allowed. */
export interface Installed {
  readonly server: ServerProcess
  readonly apiKey: string
  readonly redirectUri: string
  readonly codeVerifier: string
  /** A code of a new login, which nobody has to be asked about any more. */
  code(): Promise<string>
}

const person = { handle: 'load_person', password: 'a pass-phrase under load' }

/** Starts a server on an empty folder, with a person, an app, and the person's consent to a scope. */
export async function installed(
  scope: 'read' | 'write' = 'read',
  settings: Readonly<Record<string, string>> = {},
  checkout = thisCheckout,
): Promise<Installed> {
  const server = await start('stagedoor', settings, checkout)
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
      ...{ response_type: 'code', scope, client_id: apiKey, redirect_uri: redirectUri },
      ...{ state: `login ${logins}`, code_challenge: codeChallenge, code_challenge_method: 'S256' },
    })}`
  }
  const codeOf = (end: string) => {
    const code = URL.canParse(end) ? new URL(end).searchParams.get('code') : null
    if (code === null) throw new Error(`There is no code: ${end}`)
    return code
  }
  codeOf(await browser.submit(await browser.open(authorize()), '/consent'))
  return {
    server,
    apiKey,
    redirectUri,
    codeVerifier,
    code: async () => codeOf(await browser.open(authorize())),
  }
}
