import { failure } from './errors.ts'
import type { Channel, KeyValue, Platform, Receive, WindowPlatform } from './platform.ts'
import { memoryStorage } from './token-store.ts'

/** Longer than any task holds a lock: a tab that hangs with it must not hang the others. */
const LOCK_WITHIN = 15_000

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
      const kept = attempt((storage) => {
        storage.setItem(key, value)
        return true
      })
      if (kept) memory.remove(key)
      else {
        // The old value must go: a token that was traded in would look stolen to the server.
        remove(key)
        memory.set(key, value)
      }
      return kept === true
    },
    remove,
    keys: () => [...(attempt((storage) => Object.keys(storage)) ?? []), ...memory.keys()],
  }
}

/** Web Locks across tabs; where there are none the task runs at once. */
function lockOf(window: BrowserWindow): Platform['lock'] {
  return async (name, task) => {
    let granted = false
    const run = () => {
      granted = true
      return task()
    }
    try {
      const locks = window.navigator?.locks
      return await (locks ? locks.request(name, { signal: AbortSignal.timeout(LOCK_WITHIN) }, run) : run())
    } catch (error) {
      if (granted) throw error
      return task()
    }
  }
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
  const left = Math.round(screenX + (outerWidth - width) / 2)
  const top = Math.round(screenY + (outerHeight - height) / 2)
  const size = `width=${width},height=${height},left=${left},top=${top}`
  const popup = window.open?.(url, '_blank', `popup,${size}`)
  // Some blockers hand out a window that is closed already.
  if (!popup || popup.closed) return null
  return { isClosed: () => popup.closed, focus: () => popup.focus(), close: () => popup.close() }
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
      hasOpener: () => Boolean(window.opener && !window.opener.closed),
      close: () => window.close?.(),
    },
  }
}
