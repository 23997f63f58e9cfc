import { failure } from '../errors/errors.ts'
import type { UserAgent } from './platform.ts'

/** What the SDK uses of `expo-web-browser`. */
export interface WebBrowser {
  openAuthSessionAsync(
    url: string,
    redirectUri: string,
  ): Promise<{ readonly type: string; readonly url?: string | undefined }>
  dismissAuthSession(): unknown
}

/** What the SDK uses of React Native's `AppState`. */
export interface AppState {
  readonly currentState: string | null
  addEventListener(type: 'change', listener: (state: string) => void): { remove(): void }
}

/** Waits while the app is behind another: a session can be said closed before its page has even opened. */
function inFront(appState: AppState): Promise<void> {
  return new Promise((resolve) => {
    if (appState.currentState !== 'background') return resolve()
    const listening = appState.addEventListener('change', (state) => {
      if (state !== 'active') return
      listening.remove()
      resolve()
    })
  })
}

/**
 * Shows one page in the in-app browser of `expo-web-browser`. `show` rejects with `missing_module`, or with
 * `popup_blocked` when no page can be opened, such as while another is.
 */
export function browserSession(
  redirectUri: string,
  modules: { webBrowser(): WebBrowser; appState(): AppState },
): UserAgent {
  let isOpen = false

  async function open(url: string) {
    const browser = modules.webBrowser()
    isOpen = true
    try {
      const result = await browser.openAuthSessionAsync(url, redirectUri)
      if (result.type !== 'locked') return result
    } catch (cause) {
      throw failure('popup_blocked', { cause, reason: String(cause) })
    } finally {
      isOpen = false
    }
    throw failure('popup_blocked', { reason: 'another page is open' })
  }

  return {
    redirectUri,
    show: async (url, openUrl) => {
      if (openUrl) {
        await openUrl(url)
        return new Promise(() => {})
      }
      const result = await open(url)
      if (result.type === 'success' && result.url) return result.url
      await inFront(modules.appState())
      return null
    },
    close: () => {
      if (!isOpen) return
      try {
        modules.webBrowser().dismissAuthSession()
      } catch {
        // On Android only the person can close it.
      }
    },
  }
}
