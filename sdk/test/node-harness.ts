import { get, request } from 'node:http'
import { API_KEY, until } from '@stagedoor/testkit/sdk'
import { serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { expect } from 'vitest'
import { type NodeSdk, sdk } from '../src/node.ts'
import type { LoginOptions } from '../src/protocol/authorization-request.ts'
import type { SdkConfig } from '../src/sdk.ts'

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** One request on a connection of its own, as a browser or a forger would send it. */
export function ask(url: string, method = 'GET'): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent: false }, async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** Whether nothing listens where a URL points. */
export function isClosed(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume()
      resolve(false)
    }).on('error', () => resolve(true))
  })
}

export interface CommandLine {
  readonly server: TokenServer
  readonly oauth: NodeSdk['oauth']
  readonly login: Promise<void>
  /** The authorization request that was shown. */
  readonly shown: Readonly<Record<string, string>>
  /** The URL that an answer would send the browser to. */
  callback(params: Readonly<Record<string, string>>): string
}

/** A login on the command line whose URL has been shown, and waits for its answer. */
export async function commandLine(options: LoginOptions = {}, config: SdkConfig = {}): Promise<CommandLine> {
  const server = await serve()
  const { oauth } = sdk({ apiKey: API_KEY, appName: 'Tool', apiEndpoint: server.url, ...config })
  let url = ''
  const login = oauth.login({
    redirectUri: 'http://127.0.0.1/callback',
    openUrl: (given) => {
      url = given
    },
    ...options,
  })
  login.catch(() => {})
  await until(() => url !== '')
  const shown = Object.fromEntries(new URL(url).searchParams)
  expect(shown).toMatchObject({ response_mode: 'query', display: 'fullScreen' })
  const { redirect_uri = '', state = '' } = shown
  return {
    server,
    oauth,
    login,
    shown,
    callback: (params) => `${redirect_uri}?${new URLSearchParams({ state, ...params })}`,
  }
}
