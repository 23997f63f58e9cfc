import { randomBytes } from 'node:crypto'
import type { TestServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { type Browser, type Person, signedIn } from '@stagedoor/testkit/wire-browser'
import { noFacts } from '../../src/apps/app-facts.ts'

export const redirectUri = 'https://app.example/cb'

/** An app that a person has registered, and the browser in which they look at it. */
export interface Developed {
  readonly app: App
  readonly apiKey: string
  readonly ownerId: number
  readonly browser: Browser
}

/** Registers an app as somebody's own. */
export async function developed(
  server: TestServer,
  developer: Person,
  name: string = `App ${randomBytes(6).toString('hex')}`,
  apiKey: string = randomBytes(20).toString('hex'),
): Promise<Developed> {
  const owner = await server.store.findUserByHandle(developer.handle)
  if (owner === undefined) throw new Error(`There is no ${developer.handle}.`)
  const facts = {
    apiKey,
    name,
    nameKey: apiKey,
    description: null,
    facts: noFacts,
    redirectUris: [redirectUri],
  }
  await server.store.createApp({ ...facts, ownerId: owner.id, now: Date.now() }, 1000)
  return {
    app: new App(server.url, { apiKey }, redirectUri),
    apiKey,
    ownerId: owner.id,
    browser: await signedIn(server.url, developer),
  }
}

/** An event as the page of the log shows it. */
export interface ShownEvent {
  readonly step: string
  readonly outcome: string
  readonly code: string | null
  readonly reason: string | null
}

/** What the page of the log shows, newest first. */
export async function logOf(
  { browser, apiKey }: Pick<Developed, 'browser' | 'apiKey'>,
  query = '',
): Promise<ShownEvent[]> {
  const { text } = await browser.open(`/developers/${apiKey}/log${query}`)
  return Array.from(text.matchAll(/<li class="moment"><p class="event">(.*?)<\/li>/gs), ([, item = '']) => ({
    step: /<strong>(.*?)<\/strong>/.exec(item)?.[1] ?? '',
    outcome: /class="outcome outcome-(\w+)"/.exec(item)?.[1] ?? '',
    code: /docs\/errors#(\w+)/.exec(item)?.[1] ?? null,
    reason: /<bdi>(.*?)<\/bdi>/s.exec(item)?.[1] ?? null,
  }))
}

/** The rows of a picture's table, as its CSV has them, without the names of the columns. */
export async function csvOf(
  { browser, apiKey }: Pick<Developed, 'browser' | 'apiKey'>,
  picture: string,
  period = '24h',
): Promise<string[][]> {
  const { text } = await browser.open(`/developers/${apiKey}/usage/${picture}.csv?period=${period}`)
  return text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','))
}
