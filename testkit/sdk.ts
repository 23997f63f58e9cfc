import { proofsOf } from '../sdk/src/dpop/window.ts'
import type { StagedoorError } from '../sdk/src/errors/errors.ts'
import { isStagedoorError } from '../sdk/src/errors/errors.ts'
import * as lazy from '../sdk/src/lazy.ts'
import type { Flow } from '../sdk/src/login/popup-login.ts'
import { userAgentLogin } from '../sdk/src/login/user-agent-login.ts'
import { windowLogin } from '../sdk/src/login/window-login.ts'
import type { OAuth } from '../sdk/src/oauth.ts'
import { browserPlatform } from '../sdk/src/platform/browser.ts'
import type { WindowPlatform } from '../sdk/src/platform/platform.ts'
import { memoryTokenStore, type TokenStore } from '../sdk/src/platform/token-store.ts'
import type { LoginOptions } from '../sdk/src/protocol/authorization-request.ts'
import { type Sdk, type SdkConfig, sdkOn } from '../sdk/src/sdk.ts'
import { markerOf } from '../sdk/src/session/session.ts'
import { FakeBrowser, type FakeWindow } from './fake-browser.ts'
import { type FakeApp, FakePhone } from './fake-phone.ts'
import { serve, type TokenServer } from './token-server.ts'

export { sdk as nodeSdk } from '../sdk/src/node.ts'
export { verifyWebhook } from '../sdk/src/webhooks.ts'

export const API_KEY = '0123456789abcdef0123456789abcdef01234567'
export const CALLBACK = 'https://app.example/callback'

const online = () => import('../sdk/src/online.ts')
const flow: Flow = () => import('../sdk/src/login/flow.ts')
const uploads = () => import('../sdk/src/uploads/upload.ts')

const platforms = new WeakMap<FakeWindow, WindowPlatform>()

/** The login of an SDK instance in a window. */
export const sdkIn = (
  window: FakeWindow,
  apiEndpoint: string,
  config: SdkConfig = {},
  load: Flow = flow,
): OAuth => wholeSdkIn(window, apiEndpoint, config, load).oauth

/**
 * An SDK instance in a window; instances of one window share its platform, as in a page.
 *
 * @param load Loads what a login needs after its beginning.
 */
export function wholeSdkIn(
  window: FakeWindow,
  apiEndpoint: string,
  config: SdkConfig = {},
  load: Flow = flow,
): Sdk {
  const platform =
    platforms.get(window) ??
    browserPlatform(window.global, () => import('../sdk/src/platform/browser-channel.ts'))
  platforms.set(window, platform)
  return sdkOn(
    platform,
    { ...('appName' in config ? {} : { apiKey: API_KEY }), redirectUri: CALLBACK, apiEndpoint, ...config },
    {
      login: (context) => windowLogin(context, load),
      lazy: () => import('../sdk/src/lazy.ts'),
      online,
      uploads,
      dpop: async () => ({ proofsOf: (...made) => proofsOf(...made, window.global) }),
    },
  )
}

export const DEEP_LINK = 'myapp://oauth/callback'

/** The login of an SDK instance in an app's process. */
export const sdkOnPhone = (app: FakeApp, apiEndpoint: string, config: SdkConfig = {}): OAuth =>
  wholeSdkOnPhone(app, apiEndpoint, config).oauth

/** An SDK instance in an app's process; instances of one process share its platform. */
function wholeSdkOnPhone({ platform }: FakeApp, apiEndpoint: string, config: SdkConfig = {}): Sdk {
  return sdkOn(
    platform,
    { apiKey: API_KEY, redirectUri: DEEP_LINK, apiEndpoint, ...config },
    { login: userAgentLogin, lazy: async () => lazy, online, uploads, tokenStore: platform.tokenStore },
  )
}

/** The parameters of the authorization request that a window shows. */
export const requestOf = (url: string): Record<string, string> =>
  Object.fromEntries(new URL(url).searchParams)

/** What the server does when the person answers: sends the window to the callback. */
export function answer(
  window: FakeWindow,
  params: Record<string, string>,
  url: string = window.location.href,
): void {
  const { state = '', redirect_uri = '' } = requestOf(url)
  window.location.href = `${redirect_uri}#${new URLSearchParams({ state, ...params })}`
}

/** What a promise rejects with, which must be one of the SDK's errors. */
export async function rejection(promise: Promise<unknown>): Promise<StagedoorError> {
  try {
    await promise
  } catch (error) {
    if (isStagedoorError(error)) return error
    throw error
  }
  throw new Error('It did not reject')
}

export const sleep = (ms: number): Promise<void> => new Promise<void>((resolve) => setTimeout(resolve, ms))

// Tests may stop the clock, and wait for I/O all the same.
const realTimeout = setTimeout

/** Waits until a condition holds, on real I/O. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => realTimeout(resolve, 1))
}

export interface Started {
  readonly server: TokenServer
  readonly browser: FakeBrowser
  readonly page: FakeWindow
  readonly oauth: OAuth
  readonly login: Promise<void>
}

/** A popup login that waits for its answer. */
export async function start(options: LoginOptions = {}): Promise<Started> {
  const server = await serve()
  const browser = new FakeBrowser()
  const page = browser.tab()
  const oauth = sdkIn(page, server.url)
  const login = oauth.login(options)
  login.catch(() => {})
  return { server, browser, page, oauth, login }
}

/** The keys of the logins that wait. */
export const records = (browser: FakeBrowser): string[] =>
  Object.keys(browser.storage).filter((key) => key.includes(':login:'))

export interface SignedIn extends Sdk {
  readonly server: TokenServer
  readonly tokenStore: TokenStore
  /** Somebody else logs in elsewhere on the device, with these tokens. */
  switchUser(accessToken: string): Promise<void>
  /** One more instance with the same tokens, elsewhere on the device. */
  another(): OAuth
  /** The network is back, as far as the device can tell. */
  comeOnline(): void
  /** How many listen for that. */
  listening(): number
  /** Makes the device's randomness predictable. */
  fillRandom(byte: number): void
}

/** Somebody signed in, whose access token lives another `expiresIn` seconds. */
export type SignIn = (expiresIn?: number | undefined, tokenStore?: TokenStore) => Promise<SignedIn>

const randomOf = (byte: number) =>
  ({ getRandomValues: (bytes: Uint8Array) => bytes.fill(byte) }) as unknown as Crypto

/** In a tab, and others of the same browser. */
export async function signedInBrowser(
  expiresIn: number | undefined = 3600,
  tokenStore: TokenStore = memoryTokenStore(),
): Promise<SignedIn & { readonly browser: FakeBrowser }> {
  const server = await serve()
  await tokenStore.setTokens('access0', 'refresh0', expiresIn)
  const browser = new FakeBrowser()
  const window = browser.tab()
  const config = { services: { tokenStore } }
  return {
    ...wholeSdkIn(window, server.url, config),
    server,
    browser,
    tokenStore,
    switchUser: async (accessToken) => {
      await tokenStore.setTokens(accessToken, accessToken)
      window.global.localStorage?.setItem(markerOf(`stagedoor:${server.url}:${API_KEY}`), accessToken)
    },
    another: () => sdkIn(browser.tab(), server.url, config),
    comeOnline: () => window.dispatch('online'),
    listening: () => window.listening('online'),
    fillRandom: (byte) => void Object.assign(window, { crypto: randomOf(byte) }),
  }
}

/** In an app that keeps its tokens in AsyncStorage. */
export async function signedInPhone(
  expiresIn: number | undefined = 3600,
  givenStore?: TokenStore,
): Promise<SignedIn & { readonly phone: FakePhone }> {
  const server = await serve()
  const phone = new FakePhone()
  const { app } = phone
  const tokenStore = givenStore ?? app.platform.tokenStore('tokens')
  await tokenStore.setTokens('access0', 'refresh0', expiresIn)
  const config = { services: { tokenStore } }
  return {
    ...wholeSdkOnPhone(app, server.url, config),
    server,
    phone,
    tokenStore,
    switchUser: async (accessToken) => {
      await tokenStore.setTokens(accessToken, accessToken)
      app.platform.storage.set(markerOf(`stagedoor:${server.url}:${API_KEY}`), accessToken)
    },
    another: () => sdkOnPhone(app, server.url, config),
    comeOnline: () => app.become('active'),
    listening: () => app.states.size,
    fillRandom: (byte) => {
      app.runtime.crypto = randomOf(byte)
    },
  }
}

/** Where the SDK runs: what does not depend on it is tested in each. */
export const devices: readonly (readonly [name: string, signedIn: SignIn])[] = [
  ['a browser', signedInBrowser],
  ['an app', signedInPhone],
]
