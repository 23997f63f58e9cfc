import { LOCK_WITHIN, WRITES_ARRIVE_WITHIN } from '../durations.ts'
import { failure } from '../errors/errors.ts'
import type { channelOf, factsOf } from './browser-channel.ts'
import type { BrowserWindow } from './browser-window.ts'
import type { AuthorizationWindow, KeyValue, Platform, WindowPlatform } from './platform.ts'
import { memoryStorage } from './token-store.ts'

/** A storage of the browser, or memory for what it does not take: blocked, full, or not there. */
function storageOf(window: BrowserWindow, kind: 'localStorage' | 'sessionStorage'): KeyValue {
  const memory = memoryStorage()
  const attempt = <T>(use: (storage: Storage) => T): T | undefined => {
    try {
      const storage = window[kind]
      return storage && use(storage)
    } catch {
      return undefined
    }
  }
  const remove = (key: string) => {
    attempt((storage) => storage.removeItem(key))
    memory.remove(key)
  }
  return {
    get: (key) => attempt((storage) => storage.getItem(key)) ?? memory.get(key),
    set: (key, value) => {
      const isKept = attempt((storage) => {
        storage.setItem(key, value)
        return true
      })
      if (isKept) memory.remove(key)
      // The old value must go: a token that was traded in would look stolen to the server.
      else remove(key)
      return isKept || memory.set(key, value)
    },
    remove,
    keys: () => [...(attempt(Object.keys) ?? []), ...memory.keys()],
  }
}

/** Web Locks across tabs; where none is granted the task runs all the same. */
function lockOf(window: BrowserWindow): Platform['lock'] {
  return (name, task) =>
    new Promise((resolve) => {
      let result: ReturnType<typeof task> | undefined
      const run = () => {
        result ??= task()
        resolve(result)
      }
      const hold = async () => {
        run()
        await result?.catch(() => {})
        await new Promise((release) => setTimeout(release, WRITES_ARRIVE_WITHIN))
      }
      const request = async () =>
        window.navigator?.locks?.request(name, { signal: AbortSignal.timeout(LOCK_WITHIN) }, hold)
      request().then(run, run)
    })
}

function openPopup(window: BrowserWindow, url: string): AuthorizationWindow | null {
  const [width, height] = [375, 785]
  const { screenX = 0, screenY = 0, outerWidth = width, outerHeight = height } = window
  const left = screenX + (outerWidth - width) / 2
  const top = screenY + (outerHeight - height) / 2
  const size = `width=${width},height=${height},left=${left},top=${top}`
  const popup = window.open?.(url, '_blank', `popup,${size}`)
  // Some blockers hand out a window that is closed already.
  if (!popup || popup.closed) return null
  return {
    get closed() {
      return popup.closed
    },
    url: () => {
      try {
        return popup.location.href
      } catch {
        return null
      }
    },
    focus: () => popup.focus(),
    close: () => popup.close(),
  }
}

/**
 * The browser's side of the port. Reads nothing of the window before it is needed.
 *
 * @param load What windows talk by, loaded when a login has begun.
 */
export function browserPlatform(
  window: BrowserWindow,
  load: () => Promise<{
    readonly channelOf: typeof channelOf
    readonly factsOf: typeof factsOf
  }>,
): WindowPlatform {
  return {
    openAuthorization: (url, mode) => {
      if (mode === 'popup') return openPopup(window, url)
      window.location?.assign(url)
      return null
    },
    storage: storageOf(window, 'localStorage'),
    tab: storageOf(window, 'sessionStorage'),
    randomBytes: (length) => {
      if (!window.crypto) throw failure('no_secure_random')
      return window.crypto.getRandomValues(new Uint8Array(length))
    },
    lock: lockOf(window),
    channel: async (name, receive) => (await load()).channelOf(window, name, receive),
    on: (what, listener) => {
      window.addEventListener?.(what, listener)
      return () => window.removeEventListener?.(what, listener)
    },
    page: {
      url: () => window.location?.href ?? '',
      replaceUrl: (url) => window.history?.replaceState(window.history.state, '', url),
      hasFocus: () => window.document?.hasFocus() ?? true,
      facts: async () => (await load()).factsOf(window),
      hasOpener: () => window.opener?.closed === false,
      close: () => window.close?.(),
    },
  }
}
