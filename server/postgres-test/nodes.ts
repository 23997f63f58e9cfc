import { served, stagedoor, temporaryFolder } from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { roundRobin } from '@stagedoor/testkit/round-robin'
import { App } from '@stagedoor/testkit/wire-app'
import { signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, onTestFinished } from 'vitest'
import { newDatabase } from '../../testkit/databases.ts'
import type { Settings } from '../src/config.ts'

const redirectUri = 'https://app.example/cb'
export const ada = { handle: 'ada', password: 'pass-phrase of ada' }

/** Nodes of one installation behind a proxy, which know each other by its database alone. */
export async function nodes(
  count: number,
  more: Settings | ((node: number) => Settings) = {},
  gate: (url: string) => Promise<string> = async (url) => url,
) {
  const database = await newDatabase()
  if (database === undefined) throw new Error('There is no PostgreSQL to test on')
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const front = await freePort()
  onTestFinished(await roundRobin(front, ports))
  const settings = {
    PUBLIC_URL: `http://localhost:${front}`,
    DATABASE_URL: await gate(database),
    KEY_SECRET: 'a key secret of thirty-two characters',
    API_PLAN: 'unlimited',
    ...(typeof more === 'function' ? {} : more),
  }
  const who = ['--handle', ada.handle, '--name', 'Ada', '--email', 'ada@example.com', '--password-stdin']
  const made = await stagedoor(['user', 'create', ...who], settings, ada.password)
  expect(made, JSON.stringify(made)).toMatchObject({ code: 0 })
  const app = ['app', 'create', '--name', 'On nodes', '--redirect-uri', redirectUri, '--json']
  const { apiKey } = JSON.parse((await stagedoor(app, settings)).out)
  const servers = await Promise.all(
    ports.map((port, node) =>
      served(['serve'], {
        ...settings,
        ...(typeof more === 'function' ? more(node) : {}),
        PORT: String(port),
        DATA_DIR: temporaryFolder(),
      }),
    ),
  )
  const apps = ports.map((port) => new App(`http://localhost:${port}`, { apiKey }, redirectUri))
  const home = new App(settings.PUBLIC_URL, { apiKey }, redirectUri)
  return { database, home, servers, apps, browser: await signedIn(home.issuer, ada) }
}
