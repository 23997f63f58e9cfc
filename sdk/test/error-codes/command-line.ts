import { createServer } from 'node:net'
import { API_KEY, rejection } from '@stagedoor/testkit/sdk'
import { sdk } from '../../src/node.ts'
import { ask, commandLine } from '../node-harness.ts'
import type { Scenarios } from './scenario.ts'

const openUrl = () => {}

async function canLogIn(redirectUri: string): Promise<void> {
  const { callback, login } = await commandLine({ redirectUri })
  await ask(callback({ code: 'c' }))
  await login
}

/** The codes of a command line's own. */
export const commandLineCodes: Scenarios<'redirect_uri_loopback' | 'port_taken'> = {
  redirect_uri_loopback: async () => {
    const { oauth } = sdk({ apiKey: API_KEY, redirectUri: 'https://app.example/callback' })
    const error = await rejection(oauth.login({ openUrl }))
    return { error, obey: () => canLogIn('http://127.0.0.1/callback') }
  },

  port_taken: async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const redirectUri = `http://127.0.0.1:${port}/callback`
    const { oauth } = sdk({ apiKey: API_KEY, redirectUri })
    return {
      error: await rejection(oauth.login({ openUrl })),
      obey: async () => {
        await new Promise((resolve) => other.close(resolve))
        await canLogIn(redirectUri)
      },
    }
  },
}
