import { FakeBrowser, type FakeWindow } from '@stagedoor/testkit/fake-browser'
import { answer, requestOf, sdkIn } from '@stagedoor/testkit/sdk'
import { serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { expect } from 'vitest'
import type { ErrorCode, StagedoorError } from '../../src/errors/errors.ts'
import type { OAuth } from '../../src/oauth.ts'
import type { LoginOptions } from '../../src/protocol/authorization-request.ts'
import type { SdkConfig } from '../../src/sdk.ts'

/** What happened, and how to do what the error's hint says: it rejects unless that helps. */
export interface Outcome {
  readonly error: StagedoorError
  obey(): Promise<void>
}

/** Makes one code happen, through the public calls. */
export type Scenario = () => Promise<Outcome>

/** A row for each of these codes. */
export type Scenarios<Code extends ErrorCode> = Readonly<Record<Code, Scenario>>

export interface World {
  readonly server: TokenServer
  readonly browser: FakeBrowser
  readonly page: FakeWindow
}

export async function world(): Promise<World> {
  const browser = new FakeBrowser()
  return { server: await serve(), browser, page: browser.tab() }
}

/** What the server sends the popup back with, given what it was asked. */
export type Answers = (request: Record<string, string>) => Record<string, string>

const allows: Answers = () => ({ code: 'abc' })

/** A popup login of an instance, up to its end. */
export async function logIn(
  { server, browser }: World,
  oauth: OAuth,
  { config = {}, options = {}, answers = allows, apiEndpoint = server.url }: LogIn = {},
): Promise<void> {
  const login = oauth.login(options)
  login.catch(() => {})
  const shown = browser.popups.at(-1)
  if (shown && !shown.isClosed) {
    answer(shown, answers(requestOf(shown.location.href)))
    await sdkIn(shown, apiEndpoint, config).handleRedirect()
  }
  await login
}

interface LogIn {
  readonly config?: SdkConfig
  readonly options?: LoginOptions
  readonly answers?: Answers
  readonly apiEndpoint?: string
}

/** That a person can log in, by an instance of this configuration in the world's page. */
export async function canLogIn(world: World, login: LogIn = {}): Promise<void> {
  await works(world, sdkIn(world.page, login.apiEndpoint ?? world.server.url, login.config), login)
}

/** That a person can log in by this instance. */
export async function works(world: World, oauth: OAuth, login: LogIn = {}): Promise<void> {
  await logIn(world, oauth, login)
  expect(await oauth.isAuthenticated()).toBe(true)
}

/** That the error's message carries the server's own words. */
export const says =
  (error: StagedoorError, ...words: readonly string[]): (() => Promise<void>) =>
  async () => {
    for (const word of words) expect(error.message).toContain(word)
  }
