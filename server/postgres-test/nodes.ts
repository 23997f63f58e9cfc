import { request as askNode, createServer as createHttpServer } from 'node:http'
import { served, stagedoor, temporaryFolder } from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { App } from '@stagedoor/testkit/wire-app'
import { signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, onTestFinished } from 'vitest'
import { newDatabase } from '../../testkit/databases.ts'
import type { Settings } from '../src/config.ts'

const redirectUri = 'https://app.example/cb'
export const ada = { handle: 'ada', password: 'pass-phrase of ada' }

/** A proxy that sends every request to another node than the one before. */
async function roundRobin(port: number, targets: readonly number[]): Promise<void> {
  let count = 0
  const proxy = createHttpServer((request, reply) => {
    const { method, headers, url: path } = request
    const target = askNode({
      host: 'localhost',
      port: targets[count++ % targets.length],
      method,
      headers,
      path,
    })
    target.on('response', (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(reply)
    })
    target.on('error', () => reply.destroy())
    request.pipe(target)
  })
  await new Promise<void>((resolve) => proxy.listen(port, 'localhost', resolve))
  onTestFinished(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
}

/** Nodes of one installation behind a proxy, which know each other by its database alone. */
export async function nodes(
  count: number,
  more: Settings = {},
  gate: (url: string) => Promise<string> = async (url) => url,
) {
  const database = await newDatabase()
  if (database === undefined) throw new Error('There is no PostgreSQL to test on')
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const front = await freePort()
  await roundRobin(front, ports)
  const settings = {
    PUBLIC_URL: `http://localhost:${front}`,
    DATABASE_URL: await gate(database),
    KEY_SECRET: 'a key secret of thirty-two characters',
    API_PLAN: 'unlimited',
    ...more,
  }
  const who = ['--handle', ada.handle, '--name', 'Ada', '--email', 'ada@example.com', '--password-stdin']
  const made = await stagedoor(['user', 'create', ...who], settings, ada.password)
  expect(made, JSON.stringify(made)).toMatchObject({ code: 0 })
  const app = ['app', 'create', '--name', 'On nodes', '--redirect-uri', redirectUri, '--json']
  const { apiKey } = JSON.parse((await stagedoor(app, settings)).out)
  const servers = await Promise.all(
    ports.map((port) => served(['serve'], { ...settings, PORT: String(port), DATA_DIR: temporaryFolder() })),
  )
  const apps = ports.map((port) => new App(`http://localhost:${port}`, { apiKey }, redirectUri))
  const home = new App(settings.PUBLIC_URL, { apiKey }, redirectUri)
  return { database, home, servers, apps, browser: await signedIn(home.issuer, ada) }
}
