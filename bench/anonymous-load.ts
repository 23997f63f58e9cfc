import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { Agent } from 'node:http'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type Answered, ask } from './ask.ts'
import type { Waits } from './person.ts'

/** What strangers do to a server, and what becomes of somebody who is signed in meanwhile. */
export interface LoadReport {
  readonly requests: number
  /** Answers by their status. */
  readonly statuses: Readonly<Record<number, number>>
  readonly dataBytes: number
  readonly memoryBytes: number
  /** Milliseconds in which 99 of 100 requests of the signed-in person were answered. */
  readonly personP99: number
  readonly personRequests: number
  readonly personFailures: number
}

const form = 'application/x-www-form-urlencoded'
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const authorize = `/v1/oauth/authorize?app_name=Some+App&response_type=code&scope=read&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=s&code_challenge=${challenge}&code_challenge_method=S256`

type Asking = readonly [method: string, path: string, body?: string, type?: string]

const client = `client_id=${'a'.repeat(40)}`

/** One request for every public route but those of the API, which say themselves what there is. */
const routes: readonly Asking[] = [
  ...[
    ...['/', '/sign-in', '/sign-up', '/sign-out', '/signed-out', '/reset-password', '/reset-password/sent'],
    ...['/reset-password/new?token=none', '/confirm-email?token=none', '/confirm-email/done'],
    ...['/consent?request=none', '/developers', '/account', '/account/security', '/nowhere', authorize],
    ...['/docs', '/docs/api', '/docs/errors', '/docs/search?q=login', '/docs/search.json', '/docs/api.md'],
    ...[
      '/sdk',
      '/sdk.tgz',
      '/sdk.min.js',
      '/llms.txt',
      '/favicon.svg',
      '/device',
      '/device/qr.svg?code=none',
    ],
    ...['/v1/openapi.json', '/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'],
    ...['/.well-known/oauth-protected-resource', '/.well-known/jwks.json', '/v1/oauth/userinfo'],
    ...[
      '/v1/oauth/logout',
      '/healthz',
      '/readyz',
      '/metrics',
      '/health_check',
      '/uploads/none',
      '/files/none',
    ],
    ...['/content/none', '/content/none/150x150.jpg'],
  ].map((path) => ['GET', path] as const),
  ...[
    ...['/sign-in', '/sign-in/passkey', '/sign-in/passkey/options', '/sign-up', '/reset-password'],
    ...[
      '/reset-password/new',
      '/consent',
      '/cancel',
      '/confirm-email',
      '/device',
      '/device/answer',
      '/logout',
    ],
  ].map((path) => ['POST', path, 'login=nobody&password=wrong+pass-phrase', form] as const),
  ['POST', '/v1/oauth/token', `grant_type=refresh_token&refresh_token=none&${client}`, form],
  ['POST', '/v1/oauth/token', 'grant_type=authorization_code&code=none', form],
  ['POST', '/v1/oauth/revoke', 'token=none', form],
  ['POST', '/v1/oauth/par', client, form],
  ['POST', '/v1/oauth/device_authorization', client, form],
  ['POST', '/v1/oauth/introspect', 'token=none', form],
  ['POST', '/files/', '', 'application/offset+octet-stream'],
]

/** Every call of the API, as its description has them, about things that may be there or not. */
async function callsOf(url: string): Promise<readonly Asking[]> {
  const { text } = await ask(url, { method: 'GET', path: '/v1/openapi.json' })
  const { paths }: { readonly paths: Readonly<Record<string, object>> } = JSON.parse(text)
  return Object.entries(paths).flatMap(([path, methods]) => {
    const named = path.replace('{handle}', 'load_person').replaceAll(/\{\w+\}/g, '7eP5n')
    const query = /search|resolve/.test(path) ? '?query=a&url=/load_person' : ''
    return Object.keys(methods).map(
      (method): Asking =>
        method === 'get'
          ? ['GET', named + query]
          : [method.toUpperCase(), named + query, '{}', 'application/json'],
    )
  })
}

/**
 * Asks a server on this machine for every public route in turn on a number of connections, for a number of milliseconds.
 * @param server its address, where it stores everything, and its bytes in memory
 */
export async function anonymousLoad(
  server: { readonly url: string; readonly folder: string; resident(): number },
  { sockets, milliseconds }: { readonly sockets: number; readonly milliseconds: number },
): Promise<LoadReport> {
  const cookie = await signUp(server.url)
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  const statuses: Record<number, number> = {}
  const all = [...routes, ...(await callsOf(server.url))]
  // What a first request of each kind loads and keeps is no growth.
  for (const [method, path, body, type] of all) await ask(server.url, { method, path, body, type, agent })
  const [dataBefore, memoryBefore] = [sizeOf(server.folder), server.resident()]
  const end = performance.now() + milliseconds
  const waits = ofPerson({ url: server.url, cookie, milliseconds })
  let requests = 0
  const strangers = Array.from({ length: sockets }, async (_, socket) => {
    for (let turn = socket; performance.now() < end; turn += 1) {
      const [method, path, body, type] = all[turn % all.length] ?? ['GET', '/']
      const { status } = await ask(server.url, { method, path, body, type, agent })
      statuses[status] = (statuses[status] ?? 0) + 1
      requests += 1
    }
  })
  await Promise.all(strangers)
  agent.destroy()
  const { times, failures } = await waits
  return {
    requests,
    statuses,
    dataBytes: sizeOf(server.folder) - dataBefore,
    memoryBytes: server.resident() - memoryBefore,
    personP99: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
    personRequests: times.length,
    personFailures: failures,
  }
}

// On a thread of its own: what the strangers' own work holds up is no wait for the server.
async function ofPerson(asked: {
  readonly url: string
  readonly cookie: string
  readonly milliseconds: number
}): Promise<Waits> {
  const worker = new Worker(new URL('person.ts', import.meta.url), { workerData: asked })
  const [waits] = await once(worker, 'message')
  return waits
}

/** Opens an account; answers the cookies of its browser. */
async function signUp(url: string): Promise<string> {
  const page = await ask(url, { method: 'GET', path: '/sign-up' })
  const browser = cookiesOf(page)
  const csrf = /name="csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? ''
  const person = { handle: 'load_person', name: 'Some Person', email: 'person@example.com' }
  const fields = new URLSearchParams({ csrf, ...person, password: 'a pass-phrase under load' })
  const headers = { cookie: browser.join('; '), origin: url }
  const done = await ask(url, {
    method: 'POST',
    path: '/sign-up',
    body: fields.toString(),
    type: form,
    headers,
  })
  if (done.status !== 303) throw new Error(`Signing up was answered with ${done.status}.`)
  return [
    ...new Map([...browser, ...cookiesOf(done)].map((each) => [each.split('=')[0], each])).values(),
  ].join('; ')
}

const cookiesOf = ({ headers }: Answered): readonly string[] =>
  headers['set-cookie']?.map((cookie) => cookie.split(';')[0] ?? '') ?? []

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, entry) => bytes + statSync(join(entry.parentPath, entry.name)).size, 0)
}
