import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, onTestFinished } from 'vitest'
import type { Settings } from '../server/src/config.ts'
import { untraced } from '../server/src/metrics/tracing/tracing.ts'
import { openStore } from '../server/src/store/open.ts'
import { findTranscoder } from '../server/src/uploads/processing/ffmpeg.ts'
import { openUploads } from '../server/src/uploads/start.ts'
import { machine, newLogFile, type TestServer, testServer } from './server.ts'
import { Sender } from './tus-sender.ts'
import { App } from './wire-app.ts'
import { type Person, signedIn } from './wire-browser.ts'

/** A server whose data lies in a folder, for all the tests of a file. */
export interface Installation extends TestServer {
  readonly folder: string
}

export async function fileInstallation(settings: Settings = {}): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-'))
  const server = await testServer({ DATA_DIR: folder, ...settings })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true })
  })
  return { ...server, folder }
}

/** All that uploads have left in a folder: ids of rows, files on their way, CIDs. */
export function remains(folder: string) {
  return {
    rows: rows(folder, 'SELECT id FROM uploads ORDER BY id').map(({ id }) => id),
    incoming: readdirSync(join(folder, 'uploads', 'incoming')).sort(),
    work: readdirSync(join(folder, 'uploads', 'work')),
    content: readdirSync(join(folder, 'content')).sort(),
  }
}

/** The same once no upload is being worked on and the files of those that have ended are removed, which a server does after it says so. */
export async function settled(folder: string) {
  const busy = () => rows(folder, "SELECT id FROM uploads WHERE status IN ('new', 'busy')")
  await expect.poll(busy).toEqual([])
  const ended = rows(folder, "SELECT id FROM uploads WHERE status IN ('done', 'error')").map(({ id }) => id)
  const left = () => {
    const { incoming, work } = remains(folder)
    return [...incoming, ...work].filter((name) => ended.includes(name.split('.')[0] ?? ''))
  }
  await expect.poll(left).toEqual([])
  return remains(folder)
}

/** Milliseconds for which a test waits for a server that is writing. */
const busyTimeout = 15_000

/** The rows a query on an installation's database answers. */
export function rows(folder: string, sql: string, ...values: (string | number)[]) {
  const database = new DatabaseSync(join(folder, 'stagedoor.db'), { timeout: busyTimeout })
  try {
    return database.prepare(sql).all(...values)
  } finally {
    database.close()
  }
}

/** Marks an upload as one that something published stands on. */
export function claim(folder: string, id: string): void {
  rows(folder, 'UPDATE uploads SET claimed_at = 1 WHERE id = ?', id)
}

/** Someone who uploads with the token of an app. */
export async function senderOf(
  server: TestServer,
  person: Person,
  scope: 'read' | 'write' = 'write',
): Promise<Sender & { readonly app: App }> {
  const redirectUri = 'https://app.example/cb'
  const name = `App ${crypto.randomUUID().slice(0, 8)}`
  const app = new App(server.url, { apiKey: await server.register(name, redirectUri) }, redirectUri)
  const { access } = await app.pair(await signedIn(server.url, person), { scope })
  return Object.assign(new Sender(server.url, access), { app })
}

const rules = { maxBytes: 1e6, quotaBytes: 1e7, freeBytes: 0, requireAuth: false }

/**
 * The uploads of a folder alone, with a clock that the test moves.
 * @param freeBytes what they leave of the disk
 */
export async function uploadsOf(folder: string, transcoder = findTranscoder(), freeBytes = 0) {
  const store = await openStore({ dataDir: folder, database: null })
  let ahead = 0
  const ours = { ...rules, freeBytes }
  const deps = {
    ...machine(newLogFile('uploads')),
    store,
    trace: untraced,
    issuer: 'http://localhost',
    rules: ours,
    dpop: null,
  }
  const uploads = await openUploads(folder, { ...deps, clock: () => Date.now() + ahead }, transcoder)
  onTestFinished(async () => {
    await uploads.stop()
    await store.close()
  })
  return {
    store,
    intake: uploads.intake,
    sweep: (milliseconds: number) => {
      ahead += milliseconds
      return uploads.sweep()
    },
  }
}
