import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileServer, type TestServer } from '@stagedoor/testkit/server'
import { type Answer, type App, appAndBrowser } from '@stagedoor/testkit/wire-app'
import { jun, nova, type Person, sam, signedIn } from '@stagedoor/testkit/wire-browser'
import { Check } from 'typebox/schema'
import { afterAll, expect } from 'vitest'
import { decodeId, encodeId } from '../../src/api/ids.ts'
import { managementToken } from './manager.ts'

export interface CallOptions {
  readonly token?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** What became of an upload, as its row says. */
export interface UploadRow {
  readonly userId: number | null
  readonly template?: 'audio' | 'img_square' | 'img_backdrop'
  readonly status?: 'receiving' | 'new' | 'busy' | 'done' | 'error'
  readonly isExpired?: boolean
}

/** A person with an app's tokens. */
export interface Member {
  readonly userId: number
  readonly id: string
  readonly write: string
  readonly read: string
  /** A management token. */
  readonly manage: string
}

/** A server with three people in it and their tokens, for all the tests of a file. */
export async function apiServer() {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-api-'))
  const server = await fileServer({ DATA_DIR: folder })
  const database = new DatabaseSync(join(folder, 'stagedoor.db'))
  afterAll(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })
  const { app } = await appAndBrowser(server, nova)
  const people = {
    nova: await member(app, server, nova),
    jun: await member(app, server, jun),
    sam: await member(app, server, sam),
  }
  const document = await documentOf(server)

  async function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const { token, body, headers } = options
    const response = await fetch(server.url + path, {
      method,
      redirect: 'manual',
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    })
    const text = await response.text()
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : JSON.parse(text),
    }
    if (path.startsWith('/v1/')) document.expectDescribed(method, path, answer)
    return answer
  }

  /** Stores an upload that is over, as processing leaves it; answers the CIDs of its files by their roles. */
  function addUpload({ userId, template = 'audio', status = 'done', isExpired = false }: UploadRow) {
    const id = randomBytes(16).toString('hex')
    insert('uploads', {
      id,
      user_id: userId,
      address: null,
      template,
      filename: 'My Song (final).wav',
      length: 1000,
      status,
      progress: 1,
      attempts: 0,
      duration_seconds: template === 'audio' ? 12.7 : null,
      bpm: template === 'audio' ? 120.5 : null,
      musical_key: template === 'audio' ? 'A minor' : null,
      created_at: Date.now(),
      expires_at: Date.now() + (isExpired ? -1000 : 3_600_000),
    })
    const roles = template === 'audio' ? ['original', 'stream', 'preview'] : ['image']
    const cids = { id, original: '', stream: '', preview: '', image: '' }
    for (const role of roles) {
      const cid = newCid()
      insert('upload_files', { upload_id: id, role, cid, type: 'audio/mpeg', bytes: 1000 })
      Object.assign(cids, { [role]: cid })
    }
    return cids
  }

  function insert(table: string, row: Readonly<Record<string, string | number | null>>): void {
    const columns = database.prepare(`PRAGMA table_info(${table})`).all()
    const names = Object.keys(row).filter((name) => columns.some((column) => column['name'] === name))
    const marks = names.map(() => '?').join(', ')
    database
      .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`)
      .run(...names.map((name) => row[name] ?? null))
  }

  /** Publishes a track with an upload of its own; answers its public id. */
  async function publish(by: Member, fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const { stream } = addUpload({ userId: by.userId })
    const body = { title: 'Song', genre: 'Electronic', track_cid: stream, ...fields }
    const answer = await call('POST', `/v1/tracks?user_id=${by.id}`, { token: by.write, body })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return String(answer.body['track_id'])
  }

  return { server, folder, app, database, document, call, addUpload, publish, ...people }
}

/** The CID of nothing that exists. */
export const newCid = (): string =>
  `bafkrei${Array.from(randomBytes(52), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('')}`

/** The members of an answer's `data`. */
export const dataOf = ({ body }: Answer): Readonly<Record<string, unknown>> => Object(body['data'])

/** The items of an answer's `data`. */
export function listOf({ body }: Answer): readonly Readonly<Record<string, unknown>>[] {
  const { data } = body
  if (!Array.isArray(data)) throw new Error(`No list: ${JSON.stringify(body)}`)
  return data
}

/** The names of the fields that a problem is about. */
export const faultyFields = ({ body }: Answer): readonly unknown[] =>
  Array.isArray(body['errors']) ? body['errors'].map(({ field }) => field) : []

async function member(app: App, server: TestServer, person: Person): Promise<Member> {
  const browser = await signedIn(server.url, person)
  const write = (await app.pair(browser, { scope: 'write' })).access
  const read = (await app.pair(browser, { scope: 'read' })).access
  const response = await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${read}` } })
  const { userId } = Object(await response.json())
  const id = encodeId(Number(userId))
  expect(decodeId(id)).toBe(userId)
  return { userId: Number(userId), id, write, read, manage: await managementToken(browser) }
}

/** The server's own description, and what it says an answer is. */
async function documentOf(server: TestServer) {
  const json: unknown = await (await fetch(`${server.url}/v1/openapi.json`)).json()
  const { paths, components } = Object(json)
  const definitions = closed(Object(components).schemas)

  function expectDescribed(method: string, path: string, answer: Answer): void {
    const [pathname = ''] = path.split('?', 1)
    const templates = Object.keys(paths).filter((template) => matches(template, pathname))
    // What is written out stands before what a parameter could stand for.
    const [template] = templates.sort((one, other) => one.split('{').length - other.split('{').length)
    const operation = template === undefined ? undefined : Object(paths[template])[method.toLowerCase()]
    if (operation === undefined) return
    const { responses } = Object(operation)
    const said = responses[answer.status] ?? responses[`${String(answer.status).slice(0, 1)}XX`]
    expect(said, `${method} ${template} answers ${answer.status}`).toBeDefined()
    const content = Object.entries(Object(said.content)).find(([type]) =>
      answer.headers.get('content-type')?.startsWith(type),
    )
    if (said.content === undefined) return
    const { schema } = Object(content?.[1])
    expect(schema, `${method} ${template} answers ${answer.headers.get('content-type')}`).toBeDefined()
    const whole = { ...closed(schema), $defs: definitions }
    expect(Check(whole, answer.body), `${method} ${template}: ${JSON.stringify(answer.body)}`).toBe(true)
  }
  return { json, expectDescribed }
}

const matches = (template: string, path: string): boolean =>
  new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)

/** A schema in which no object may hold more than it says. */
function closed(schema: unknown): object {
  const text = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/')
  return JSON.parse(text, (_, value: unknown) =>
    value instanceof Object && 'properties' in value && 'type' in value && value.type === 'object'
      ? { ...value, additionalProperties: false }
      : value,
  )
}
