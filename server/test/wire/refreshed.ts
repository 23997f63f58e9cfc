import { ownServer } from '@stagedoor/testkit/server'
import {
  type Answer,
  type App,
  appAndBrowser,
  expectOAuthError,
  type Pair,
} from '@stagedoor/testkit/wire-app'
import { expect } from 'vitest'

/** A server with its own clock, where someone has logged in. */
export async function loggedIn(settings: Readonly<Record<string, string>> = {}) {
  const server = await ownServer(settings)
  const { app, browser } = await appAndBrowser(server)
  return { server, app, browser, first: await app.pair(browser, { scope: 'write' }) }
}

/** The family of a token is alive, or not, as a whole. */
export async function expectDead(app: App, ...pairs: readonly Pair[]): Promise<void> {
  for (const { access, refresh } of pairs) {
    expect(await app.me(access)).toBe(401)
    expectOAuthError(await app.refresh(refresh), 400, 'invalid_grant')
  }
}

/** A refresh token that was used before was seen again. */
export const expectReuse = (answer: Answer): void => expectOAuthError(answer, 400, 'invalid_grant', /reuse/)
