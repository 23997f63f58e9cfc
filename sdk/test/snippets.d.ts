/** What the snippets of the documentation leave to their reader's imagination. */

import type {
  isStagedoorError as isOurs,
  sdk as makeSdk,
  memoryTokenStore as makeStore,
  Sdk,
  TokenStore,
} from '@stagedoor/sdk'
import type { AudiusProvider as Provider } from '@stagedoor/sdk/react'
import type { ReactElement, ReactNode, useSyncExternalStore as use } from 'react'

interface Request {
  readonly originalUrl: string
  readonly session: { transaction?: unknown }
}

interface Response {
  redirect(url: string): void
  send(value: unknown): void
}

declare global {
  const audius: Sdk
  const report: (code: string, message: string) => void
  const show: (words: string) => void
  const chrome: {
    readonly identity: {
      getRedirectURL(): string
      launchWebAuthFlow(details: { url: string; interactive: boolean }): Promise<string>
    }
  }
  const sdk: typeof makeSdk
  const isStagedoorError: typeof isOurs
  const memoryTokenStore: typeof makeStore
  /** Of the entry for React Native alone. */
  const secureStoreTokenStore: () => TokenStore
  const useSyncExternalStore: typeof use
  const AudiusProvider: typeof Provider
  const Account: () => ReactElement
  const apiKey: string
  const redirectUri: string
  const link: string
  const button: HTMLButtonElement
  const player: HTMLAudioElement
  const loginButton: HTMLButtonElement
  const fileInput: { readonly files: readonly [File] }
  const coverInput: { readonly files: readonly [File] }
  const progressBar: HTMLProgressElement
  const greet: (user: unknown) => void
  const myTokenStore: () => TokenStore
  const tokenStoreOf: (session: Request['session']) => TokenStore
  const openInAppBrowser: (url: string) => Promise<void>
  const render: (element: ReactNode) => void
  const page: import('playwright-core').Page
  const app: { get(path: string, answer: (request: Request, response: Response) => unknown): void }
}
