import { failure } from '../errors.ts'
import type { Channel, KeyValue, Platform, Receive, WindowPlatform } from './platform.ts'
import { memoryStorage } from './token-store.ts'

/** Longer than any task holds a lock: a tab that hangs with it must not hang the others. */
const LOCK_WITHIN = 15_000
/** A lock is held this much longer than its task runs: the next tab must see what the task wrote to localStorage. */
const WRITES_ARRIVE_WITHIN = 50

type Global = Window & typeof globalThis

/** What the SDK uses of a window. All of it is absent on a server, some of it in old browsers. */
export type BrowserWindow = Partial<
  Pick<
    Global,
    | 'addEventListener'
    | 'BroadcastChannel'
    | 'close'
    | 'crypto'
    | 'document'
    | 'history'
    | 'localStorage'
    | 'location'
    | 'navigator'
    | 'open'
    | 'opener'
    | 'outerHeight'
    | 'outerWidth'
    | 'removeEventListener'
    | 'screenX'
    | 'screenY'
  >
>

/** localStorage, or memory for what it does not take: blocked, full, or not there. */
function storageOf(window: BrowserWindow): KeyValue {
  const memory = memoryStorage()
  const attempt = <T>(use: (storage: Storage) => T): T | undefined => {
    try {
      return window.localStorage && use(window.localStorage)
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

/** BroadcastChannel, and messages to and from the opener for where storage is partitioned. */
function channelOf(window: BrowserWindow, name: string, receive: Receive): Channel {
  const origin = window.location?.origin ?? ''
  const broadcast = window.BroadcastChannel && new window.BroadcastChannel(name)
  broadcast?.addEventListener('message', ({ data }) => {
    receive(data, (reply) => broadcast.postMessage(reply))
  })
  const onMessage = (event: MessageEvent) => {
    if (event.origin !== origin) return
    receive(event.data, (reply) => event.source?.postMessage(reply, { targetOrigin: origin }))
  }
  window.addEventListener?.('message', onMessage)
  return {
    post: (data) => {
      broadcast?.postMessage(data)
      window.opener?.postMessage(data, origin)
    },
    close: () => {
      broadcast?.close()
      window.removeEventListener?.('message', onMessage)
    },
  }
}

function openPopup(window: BrowserWindow, url: string) {
  const [width, height] = [375, 785]
  const { screenX = 0, screenY = 0, outerWidth = width, outerHeight = height } = window
  const left = screenX + (outerWidth - width) / 2
  const top = screenY + (outerHeight - height) / 2
  const size = `width=${width},height=${height},left=${left},top=${top}`
  const popup = window.open?.(url, '_blank', `popup,${size}`)
  // Some blockers hand out a window that is closed already.
  return popup && !popup.closed ? popup : null
}

/** The browser's side of the port. Reads nothing of the window before it is needed. */
export function browserPlatform(window: BrowserWindow): WindowPlatform {
  return {
    openAuthorization: (url, mode) => {
      if (mode === 'popup') return openPopup(window, url)
      window.location?.assign(url)
      return null
    },
    storage: storageOf(window),
    randomBytes: (length) => {
      if (!window.crypto) throw failure('no_secure_random')
      return window.crypto.getRandomValues(new Uint8Array(length))
    },
    lock: lockOf(window),
    channel: (name, receive) => channelOf(window, name, receive),
    hear: (what, listener) => {
      window.addEventListener?.(what, listener)
      return () => window.removeEventListener?.(what, listener)
    },
    page: {
      url: () => window.location?.href ?? '',
      replaceUrl: (url) => window.history?.replaceState(window.history.state, '', url),
      hasFocus: () => window.document?.hasFocus() ?? true,
      hasOpener: () => window.opener?.closed === false,
      close: () => window.close?.(),
    },
  }
}
