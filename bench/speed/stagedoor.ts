import { newProof, redirectUri } from '../server-peers/prepared.ts'
import type { Login } from './clients.ts'
import { Person } from './person.ts'
import { type ServerProcess, start, thisCheckout } from './processes.ts'

/** A server of ours with a person who is signed in, and an app. */
export interface Installed {
  readonly server: ServerProcess
  readonly apiKey: string
  readonly redirectUri: string
  readonly person: { readonly handle: string; readonly password: string }
  /** The person's browser, which is signed in. */
  readonly browser: Person
  /** Where a new login of the app begins. Each has its own state and proof, as equal requests are one login. */
  authorize(scope: Scope, more?: Readonly<Record<string, string>>): { path: string; codeVerifier: string }
  /** A new login; the person is asked for what they have not allowed before. */
  login(scope?: Scope): Promise<Login>
}

type Scope = 'read' | 'write'

const person = { handle: 'load_person', password: 'a pass-phrase under load' }

/** Starts a server on an empty folder, with a person, an app, and the person's consent to reading. */
export async function installed(
  settings: Readonly<Record<string, string>> = {},
  checkout = thisCheckout,
): Promise<Installed> {
  const server = await start('stagedoor', settings, checkout)
  const named = ['--handle', person.handle, '--name', 'Some Person', '--email', 'person@example.com']
  const made = await server.command(['user', 'create', ...named, '--password-stdin'], person.password)
  if (made.code !== 0) throw new Error(made.text)
  const app = ['app', 'create', '--name', 'Some App', '--redirect-uri', redirectUri, '--json']
  const { apiKey } = JSON.parse((await server.command(app)).text)
  await server.serve()
  const browser = new Person(server.url)
  const fields = { login: person.handle, password: person.password }
  await browser.submit(await browser.open('/sign-in'), '/sign-in', fields)
  let logins = 0
  const authorize: Installed['authorize'] = (scope, more = {}) => {
    logins += 1
    const { codeVerifier, codeChallenge } = newProof()
    const query = new URLSearchParams({
      ...{ response_type: 'code', scope, client_id: apiKey, redirect_uri: redirectUri },
      ...{ state: `login ${logins}`, code_challenge: codeChallenge, code_challenge_method: 'S256' },
      ...more,
    })
    return { path: `/v1/oauth/authorize?${query}`, codeVerifier }
  }
  const login: Installed['login'] = async (scope = 'read') => {
    const { path, codeVerifier } = authorize(scope)
    const shown = await browser.open(path)
    const end = URL.canParse(shown) ? shown : await browser.submit(shown, '/consent')
    const code = new URL(end).searchParams.get('code')
    if (code === null) throw new Error(`There is no code: ${end}`)
    return { code, codeVerifier }
  }
  await login()
  return { server, apiKey, redirectUri, person, browser, authorize, login }
}
