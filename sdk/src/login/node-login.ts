import { failure } from '../errors/errors.ts'
import type { LoginFlow } from '../oauth.ts'
import type { Platform, UserAgent } from '../platform/platform.ts'
import { openUrlOf } from '../protocol/authorization-request.ts'
import type { LoginContext } from '../session/context.ts'
import { type Loopback, listen } from './loopback.ts'
import { userAgentLogin } from './user-agent-login.ts'

/** Logging in on a command line: the app opens the system's browser, which comes back to a listener (RFC 8252 §7.3). */
export function nodeLogin(context: LoginContext<Platform>): LoginFlow {
  const { app, platform, session } = context
  let current: Loopback | undefined

  async function agent(givenUri: string): Promise<UserAgent> {
    const listener = await platform.lock('loopback', async () => {
      // What a newer login replaces must free the port for it.
      current?.end(false)
      current = await listen(givenUri, app.appName)
      return current
    })
    let shown: string | null = null
    return {
      redirectUri: listener.redirectUri,
      show: async (url, openUrl) => {
        shown = new URL(url).searchParams.get('state')
        const answer = listener.answer(shown)
        await Promise.race([answer, openUrl?.(url)])
        return answer
      },
      // The session bears the state of the login that it came from.
      close: () => listener.end(shown !== null && session.login() === shown),
    }
  }

  const login = userAgentLogin({
    ...context,
    platform: {
      ...platform,
      load: async () => {},
      saved: async () => {},
      startedBy: async () => null,
      agent,
    },
  })

  return {
    ...login,
    login: async (options = {}) => {
      if (!openUrlOf(app, options)) throw failure('no_page')
      // A fragment never reaches the listener.
      await login.login({ ...options, responseMode: 'query' })
    },
  }
}
