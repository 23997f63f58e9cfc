import type { BrowserWindow } from '../sdk/src/platform/browser-window.ts'

type Listener = (event: { data: unknown; origin?: string; source?: FakeHandle | null }) => void
type Heard = 'message' | 'storage' | 'online' | 'pageshow'

/** What one window holds of another. */
export class FakeHandle {
  readonly #target: FakeWindow
  readonly #holder: FakeWindow

  constructor(target: FakeWindow, holder: FakeWindow) {
    this.#target = target
    this.#holder = holder
  }

  get closed(): boolean {
    return this.#target.isClosed || this.#target.isSevered
  }

  get location(): { readonly href: string } {
    const { location } = this.#target
    if (this.closed || location.origin !== this.#holder.location.origin) throw new Error('SecurityError')
    return location
  }

  focus(): void {
    this.#target.focused += 1
  }

  close(): void {
    if (!this.#target.isSevered) this.#target.close()
  }

  postMessage(data: unknown, target: string | { targetOrigin: string }): void {
    const origin = typeof target === 'string' ? target : target.targetOrigin
    if (this.closed || origin !== this.#target.location.origin) return
    const source = new FakeHandle(this.#holder, this.#target)
    this.#target.receive(structuredClone(data), this.#holder.location.origin, source)
  }
}

/** localStorage as browsers show it: values are own properties, methods are not. */
class FakeStorage {
  [key: string]: unknown
  readonly #changed: () => void
  constructor(changed: () => void) {
    this.#changed = changed
  }
  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(this[key]) : null
  }
  setItem(key: string, value: string): void {
    this[key] = value
    this.#changed()
  }
  removeItem(key: string): void {
    delete this[key]
    this.#changed()
  }
}

/** One tab or popup. Its members are those of a window that the SDK uses. */
export class FakeWindow {
  readonly browser: FakeBrowser
  #listeners: (readonly [type: Heard, listener: Listener])[] = []
  readonly navigated: string[] = []
  /** The page that it was opened with. */
  readonly shown: string
  location: { href: string; readonly origin: string; assign(url: string): void }
  readonly history: { state: unknown; replaceState(state: unknown, unused: string, url: string): void }
  readonly sessionStorage: FakeStorage = new FakeStorage(() => {})
  readonly document: { hasFocus(): boolean }
  readonly crypto: Crypto = globalThis.crypto
  readonly navigator: { locks?: FakeBrowser['locks'] }
  readonly BroadcastChannel: unknown
  opener: FakeHandle | null = null
  isClosed = false
  isSevered = false
  hasFocus = true
  focused = 0
  features = ''

  constructor(browser: FakeBrowser, url: string) {
    this.browser = browser
    this.shown = url
    const navigated = this.navigated
    this.location = {
      href: url,
      get origin() {
        return new URL(this.href).origin
      },
      assign: (to) => navigated.push(to),
    }
    this.history = {
      state: { app: 1 },
      replaceState: (state, _unused, to) => {
        this.history.state = state
        this.location.href = to
      },
    }
    this.document = { hasFocus: () => this.hasFocus }
    this.navigator = browser.hasLocks ? { locks: browser.locks } : {}
    this.BroadcastChannel = browser.channelClass(this)
    browser.windows.push(this)
  }

  get localStorage(): FakeStorage {
    if (this.browser.isStorageBlocked) throw new Error('SecurityError')
    this.browser.writer = this
    return this.browser.storage
  }

  /** This as the SDK's platform takes it. */
  get global(): BrowserWindow {
    return this as unknown as BrowserWindow
  }

  async fetch(): Promise<Pick<Response, 'headers'>> {
    return { headers: new Headers(this.browser.openerPolicy) }
  }

  open(url: string, _target: string, features: string): FakeHandle | null {
    if (this.browser.blocksPopups) return null
    const popup = new FakeWindow(this.browser, url)
    popup.opener = new FakeHandle(this, popup)
    popup.features = features
    this.browser.popups.push(popup)
    return new FakeHandle(popup, this)
  }

  /** Starts the page anew at a URL: what it keeps for the tab stays. */
  reload(url: string = this.location.href): void {
    this.#listeners = []
    this.location.href = url
  }

  /** What a Cross-Origin-Opener-Policy does to this popup once it has loaded. */
  sever(): void {
    this.isSevered = true
    this.opener = null
  }

  close(): void {
    this.isClosed = true
    this.#listeners = []
  }

  addEventListener(type: Heard, listener: Listener): void {
    this.#listeners.push([type, listener])
  }

  removeEventListener(type: Heard, listener: Listener): void {
    this.#listeners = this.#listeners.filter(([heard, own]) => heard !== type || own !== listener)
  }

  /** How many listen. */
  listening(type: Heard): number {
    return this.#listeners.filter(([heard]) => heard === type).length
  }

  /** Something happens to the window. */
  dispatch(type: Heard, event: Parameters<Listener>[0] = { data: undefined }): void {
    setTimeout(() => {
      for (const [heard, listener] of this.#listeners) if (heard === type) listener(event)
    })
  }

  /** A message arrives, from whichever origin. */
  receive(data: unknown, origin: string, source: FakeHandle | null = null): void {
    this.dispatch('message', { data, origin, source })
  }
}

/** A browser with one origin's storage, locks and channels. */
export class FakeBrowser {
  /** The window that touches the storage: the others hear of it. */
  writer: FakeWindow | undefined
  readonly windows: FakeWindow[] = []
  storage: FakeStorage = new FakeStorage(() => {
    for (const window of this.windows) if (window !== this.writer) window.dispatch('storage')
  })
  readonly popups: FakeWindow[] = []
  readonly messages: unknown[] = []
  isStorageBlocked = false
  /** The headers of the app's pages that say whom they are cut off from. */
  openerPolicy: Record<string, string> = {}
  blocksPopups = false
  hasLocks = true
  hasChannels = true
  readonly #held = new Map<string, Promise<unknown>>()
  readonly #channels = new Set<{ name: string; window: FakeWindow; listener?: Listener }>()

  tab(url = 'https://app.example/'): FakeWindow {
    return new FakeWindow(this, url)
  }

  /** The last popup opened. */
  get popup(): FakeWindow {
    const popup = this.popups.at(-1)
    if (!popup) throw new Error('No popup was opened')
    return popup
  }

  readonly locks: {
    request<T>(name: string, options: { signal: AbortSignal }, task: () => Promise<T>): Promise<T>
  } = {
    request: <T>(name: string, options: { signal: AbortSignal }, task: () => Promise<T>): Promise<T> => {
      const turn = (this.#held.get(name) ?? Promise.resolve()).then(() => {
        options.signal.throwIfAborted()
        return task()
      })
      this.#held.set(
        name,
        turn.catch(() => {}),
      )
      return turn
    },
  }

  channelClass(window: FakeWindow): unknown {
    if (!this.hasChannels) return undefined
    const channels = this.#channels
    const messages = this.messages
    return class {
      readonly entry: { name: string; window: FakeWindow; listener?: Listener }
      constructor(name: string) {
        this.entry = { name, window }
        channels.add(this.entry)
      }
      addEventListener(_type: 'message', listener: Listener): void {
        this.entry.listener = listener
      }
      postMessage(data: unknown): void {
        const copy = structuredClone(data)
        messages.push(copy)
        for (const other of channels) {
          if (other === this.entry || other.name !== this.entry.name) continue
          setTimeout(() => {
            if (channels.has(other) && !other.window.isClosed) other.listener?.({ data: copy })
          })
        }
      }
      close(): void {
        channels.delete(this.entry)
      }
    }
  }
}
