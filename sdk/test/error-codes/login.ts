import { answer, CALLBACK, rejection, requestOf, sdkIn } from '@stagedoor/testkit/sdk'
import { refusal, type TokenServer } from '@stagedoor/testkit/token-server'
import { expect, vi } from 'vitest'
import type { ErrorCode } from '../../src/errors/errors.ts'
import {
  type Answers,
  canLogIn,
  logIn,
  type Outcome,
  type Scenarios,
  says,
  works,
  world,
} from './scenario.ts'

/** A login that the server refuses with an error, unless it is asked otherwise. */
async function refused(
  error: string,
  isRefused: (request: Record<string, string>) => boolean,
  prompt?: 'none',
) {
  const here = await world()
  const answers: Answers = (request) =>
    isRefused(request) ? { error, error_description: 'the reason' } : { code: 'abc' }
  const oauth = sdkIn(here.page, here.server.url)
  const thrown = await rejection(logIn(here, oauth, { options: { prompt }, answers }))
  return { error: thrown, obey: () => works(here, oauth, { answers }) }
}

/** A popup login that nobody answers while so much time goes by, and something happens. */
async function waiting(...steps: readonly (readonly [ms: number, then?: 'close'])[]): Promise<Outcome> {
  const here = await world()
  const oauth = sdkIn(here.page, here.server.url)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
  try {
    const rejected = rejection(oauth.login())
    for (const [ms, then] of steps) {
      await vi.advanceTimersByTimeAsync(ms)
      if (then === 'close') here.browser.popup.close()
    }
    return { error: await rejected, obey: () => works(here, oauth) }
  } finally {
    vi.useRealTimers()
  }
}

/** Processed, but the answer never arrives. */
const lost: Parameters<TokenServer['on']>[1] = (_call, response) => void response.destroy()

const whenSilent = (code: ErrorCode) => refused(code, ({ prompt }) => prompt === 'none', 'none')

/** The codes of a login that ends without a session. */
export const login: Scenarios<
  | 'popup_closed'
  | 'login_timeout'
  | 'login_interrupted'
  | 'aborted'
  | 'superseded'
  | 'state_mismatch'
  | 'issuer_mismatch'
  | 'access_denied'
  | 'login_required'
  | 'consent_required'
  | 'login_refused'
  | 'invalid_grant'
  | 'token_refused'
> = {
  popup_closed: () => waiting([2000, 'close'], [2000]),
  login_timeout: () => waiting([11 * 60_000]),

  login_interrupted: async () => {
    const here = await world()
    const oauth = sdkIn(here.page, here.server.url)
    const replies = [lost, refusal(400, 'invalid_grant')]
    here.server.on('/v1/oauth/token', (call, response) => {
      const reply = replies.shift()
      return reply ? reply(call, response) : { access_token: 'access', expires_in: 3600 }
    })
    const error = await rejection(logIn(here, oauth))
    const [before] = here.browser.popups
    return {
      error,
      obey: async () => {
        await works(here, oauth)
        expect(here.browser.popup.shown).toBe(before?.shown)
      },
    }
  },

  aborted: async () => {
    const here = await world()
    const abort = new AbortController()
    const oauth = sdkIn(here.page, here.server.url)
    const rejected = rejection(oauth.login({ signal: abort.signal }))
    abort.abort()
    return { error: await rejected, obey: () => works(here, oauth) }
  },

  superseded: async () => {
    const { page, server } = await world()
    const oauth = sdkIn(page, server.url)
    const shown: string[] = []
    const openUrl = (url: string) => shown.push(url)
    const rejected = rejection(oauth.login({ openUrl }))
    const newer = oauth.login({ openUrl })
    return {
      error: await rejected,
      obey: async () => {
        const state = requestOf(shown[1] ?? '')['state']
        await oauth.handleRedirect(`${CALLBACK}#code=abc&state=${state}`)
        await newer
        expect(await oauth.isAuthenticated()).toBe(true)
      },
    }
  },

  state_mismatch: async () => {
    const here = await world()
    const forged = here.browser.tab(`${CALLBACK}#code=abc&state=forged`)
    const error = await rejection(sdkIn(forged, here.server.url).handleRedirect())
    return { error, obey: () => canLogIn(here) }
  },

  issuer_mismatch: async () => {
    const here = await world()
    const alias = here.server.url.replace('127.0.0.1', 'localhost')
    const answers = () => ({ code: 'abc', iss: here.server.url })
    const oauth = sdkIn(here.page, alias)
    const error = await rejection(logIn(here, oauth, { answers, apiEndpoint: alias }))
    return { error, obey: () => canLogIn(here, { answers }) }
  },

  access_denied: async () => {
    let asked = 0
    return refused('access_denied', () => asked++ === 0)
  },

  login_required: () => whenSilent('login_required'),
  consent_required: () => whenSilent('consent_required'),

  login_refused: async () => {
    const { error } = await refused('invalid_scope', () => true)
    return { error, obey: says(error, 'invalid_scope', 'the reason') }
  },

  invalid_grant: async () => {
    const here = await world()
    const oauth = sdkIn(here.page, here.server.url)
    here.server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
    const error = await rejection(logIn(here, oauth))
    here.server.on('/v1/oauth/token', () => ({ access_token: 'access', expires_in: 3600 }))
    return { error, obey: () => works(here, oauth) }
  },

  token_refused: async () => {
    const here = await world()
    here.server.on('/v1/oauth/token', refusal(400, 'invalid_client'))
    const page = here.browser.tab()
    const oauth = sdkIn(page, here.server.url)
    oauth.login({ display: 'fullScreen' })
    answer(page, { code: 'abc' }, page.navigated[0])
    const error = await rejection(oauth.handleRedirect())
    return { error, obey: says(error, 'invalid_client', 'because') }
  },
}
