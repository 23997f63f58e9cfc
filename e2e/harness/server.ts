import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '@stagedoor/testkit/ports'

const root = join(import.meta.dirname, '../..')
/** So that no server outlives a run of the tests that is killed. */
const endWithParent = new URL('../../server/bin/end-with-parent.mjs', import.meta.url).href

export interface Person {
  readonly handle: string
  readonly password: string
}

/** What `stagedoor dev --json` prints. */
interface Facts {
  readonly url: string
  readonly apiKey: string
  readonly users: readonly Person[]
}

export interface Server {
  readonly url: string
  readonly apiKey: string
  /** A sample account. */
  sample(handle: 'nova' | 'jun' | 'sam'): Person
  /** Opens an account that no test has used: it has allowed nothing yet. */
  newPerson(): Promise<Person>
  stop(): Promise<void>
}

/**
 * Starts the built server as developers do; it keeps its data in memory unless settings say where else.
 * @param publicUrl where people reach it, when that is not where it listens
 * @param settings of one that keeps its data, and where
 */
export async function startServer(
  logName: string,
  fixedPort?: number,
  publicUrl?: string,
  settings?: Readonly<Record<string, string>>,
): Promise<Server> {
  const port = fixedPort ?? (await freePort())
  const place = ['--port', String(port), ...(publicUrl ? ['--public-url', publicUrl] : [])]
  const child = spawn(
    process.execPath,
    [
      '--import',
      endWithParent,
      join(root, 'server/bin/stagedoor.mjs'),
      'dev',
      '--json',
      ...(settings === undefined ? ['--ephemeral'] : []),
      ...place,
    ],
    { env: { ...process.env, LOG_LEVEL: 'trace', ...settings }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const exit = once(child, 'exit')
  const logs = join(root, 'test-results/logs')
  mkdirSync(logs, { recursive: true })
  const file = join(logs, `${logName}.log`)
  child.stderr.pipe(createWriteStream(file, { flags: 'a' }))
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), exit])
  if (typeof line !== 'string') throw new Error(`The server did not start; see ${file}.`)
  const { url, apiKey, users }: Facts = JSON.parse(line)
  let people = 0
  return {
    url,
    apiKey,
    newPerson: () => {
      people += 1
      return signUp({ handle: `person_${people}`, password: `pass-phrase of person ${people}` }, url)
    },
    sample: (handle) => {
      const found = users.find((user) => user.handle === handle)
      if (!found) throw new Error(`There is no sample account ${handle}.`)
      return found
    },
    stop: async () => {
      child.kill('SIGTERM')
      await exit
    },
  }
}

/** Sends the form as a browser would. */
async function signUp(person: Person, url: string): Promise<Person> {
  const page = await fetch(`${url}/sign-up`)
  const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
  const answer = await fetch(`${url}/sign-up`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: page.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';', 1))
        .join('; '),
    },
    body: new URLSearchParams({ ...person, name: 'Robin', email: `${person.handle}@example.com`, csrf }),
  })
  if (answer.status !== 303) throw new Error(`${person.handle} cannot sign up: ${await answer.text()}`)
  return person
}

/** The URL of an authorization as an app without our SDK writes it, and the verifier that redeems its code. */
export function authorization(
  server: Server,
  params: { readonly redirect_uri: string } & Readonly<Record<string, string>>,
) {
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    ...('app_name' in params ? {} : { api_key: server.apiKey }),
    state: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...params,
  })
  return { url: `${server.url}/v1/oauth/authorize?${query}`, verifier }
}

/** The status with which the API answers an access token. */
export async function statusOf(accessToken: string, server: Server): Promise<number> {
  const answer = await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } })
  return answer.status
}

/** What the token endpoint answers a refresh token. */
export async function refresh(
  refreshToken: string,
  apiKey: string,
  server: Server,
): Promise<{ access_token?: string; refresh_token?: string; error?: string }> {
  const body = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: apiKey }
  const answer = await fetch(`${server.url}/v1/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(body),
  })
  return answer.json()
}
