import { failure } from '../sdk/src/errors/errors.ts'
import type { AsyncStorage } from '../sdk/src/platform/async-storage.ts'
import type { AppState, WebBrowser } from '../sdk/src/platform/in-app-browser.ts'
import { type NativePlatform, nativePlatform } from '../sdk/src/platform/native.ts'
import type { Linking, NativeModules } from '../sdk/src/platform/native-modules.ts'
import type { Runtime } from '../sdk/src/platform/native-random.ts'
import type { SecureStore } from '../sdk/src/platform/secure-store.ts'

type State = 'active' | 'background'
type Result = Awaited<ReturnType<WebBrowser['openAuthSessionAsync']>>

/** The listeners of one kind of event; they hear of it in a later turn. */
class Listeners<Event> {
  readonly #all = new Set<(event: Event) => void>()

  get size(): number {
    return this.#all.size
  }

  add(listener: (event: Event) => void): { remove(): void } {
    const own = (event: Event) => listener(event)
    this.#all.add(own)
    return { remove: () => this.#all.delete(own) }
  }

  tell(event: Event): void {
    for (const listener of [...this.#all])
      setImmediate(() => {
        if (this.#all.has(listener)) listener(event)
      })
  }

  clear(): void {
    this.#all.clear()
  }
}

/** The app's process: what it holds is gone when the system kills it. */
export class FakeApp implements NativeModules {
  readonly phone: FakePhone
  readonly states: Listeners<State> = new Listeners()
  readonly links: Listeners<{ readonly url: string }> = new Listeners()
  readonly platform: NativePlatform
  readonly runtime: { -readonly [Key in keyof Runtime]: Runtime[Key] } = { crypto: globalThis.crypto }
  /** Which modules the app was built without. */
  readonly lacks: Set<'asyncStorage' | 'secureStore' | 'webBrowser'> = new Set()
  readonly #startedBy: string | null
  #state: State = 'active'
  #endSession: ((result: Result) => void) | undefined
  isDead = false

  constructor(phone: FakePhone, startedBy: string | null) {
    this.phone = phone
    this.#startedBy = startedBy
    this.platform = nativePlatform(this, this.runtime)
  }

  /** What a native call answers, in a later turn; never, once the app is dead. */
  async #native<T>(call: () => T): Promise<T> {
    await new Promise((resolve) => setImmediate(resolve))
    if (this.isDead) return new Promise(() => {})
    return call()
  }

  become(state: State): void {
    this.#state = state
    this.states.tell(state)
  }

  endSession(result: Result): void {
    this.#endSession?.(result)
    this.#endSession = undefined
  }

  asyncStorage(): AsyncStorage {
    if (this.lacks.has('asyncStorage')) throw failure('missing_module')
    const { phone } = this
    const use = <T>(call: () => T) =>
      this.#native(() => {
        if (phone.breaks) throw new Error('The disk is broken')
        return call()
      })
    return {
      getAllKeys: () => use(() => [...phone.disk.keys()]),
      getItem: (key) => use(() => phone.disk.get(key) ?? null),
      setItem: async (key, value) => {
        // A write takes longer than any other call.
        await use(() => {})
        await use(() => {})
        return use(() => {
          if (phone.isFull) throw new Error('The disk is full')
          phone.disk.set(key, value)
        })
      },
      removeItem: (key) => use(() => void phone.disk.delete(key)),
    }
  }

  /** As `expo-secure-store` refuses names, long values, and everything while the device is locked. */
  secureStore(): SecureStore {
    if (this.lacks.has('secureStore')) throw failure('missing_module')
    const { phone } = this
    const use = <T>(key: string, value: string, call: () => T) => {
      if (!/^[\w.-]+$/.test(key) || value.length > 2048) throw new Error('Invalid key or value')
      return this.#native(() => {
        if (phone.isLocked) throw new Error('User interaction is not allowed.')
        return call()
      })
    }
    return {
      WHEN_UNLOCKED_THIS_DEVICE_ONLY: 5,
      getItemAsync: async (key) => use(key, '', () => phone.keychain.get(key)?.value ?? null),
      setItemAsync: async (key, value, { keychainAccessible }) =>
        use(key, value, () => void phone.keychain.set(key, { value, keychainAccessible })),
      deleteItemAsync: async (key) => use(key, '', () => void phone.keychain.delete(key)),
    }
  }

  linking(): Linking {
    return {
      getInitialURL: () => this.#native(() => this.#startedBy),
      addEventListener: (_type, listener) => this.links.add(listener),
    }
  }

  appState(): AppState {
    return { currentState: this.#state, addEventListener: (_type, listener) => this.states.add(listener) }
  }

  webBrowser(): WebBrowser {
    if (this.lacks.has('webBrowser')) throw failure('missing_module')
    return this.phone.system === 'ios' ? this.#iosBrowser() : this.#androidBrowser()
  }

  #open(url: string): Promise<Result> {
    if (this.#endSession) throw new Error('Another web browser is already open')
    if (this.phone.breaks) throw new Error('No matching browser activity found')
    this.phone.page = url
    return new Promise((resolve) => {
      this.#endSession = resolve
    })
  }

  /** A system session: it alone gets the redirect, and the app stays in front. */
  #iosBrowser(): WebBrowser {
    return {
      openAuthSessionAsync: async (url) => this.#native(() => this.#open(url)),
      dismissAuthSession: () => {
        this.phone.page = null
        this.endSession({ type: 'dismiss' })
      },
    }
  }

  /** A tab in front of the app: the app coming back without a link means that it was dismissed. It cannot be closed. */
  #androidBrowser(): WebBrowser {
    return {
      openAuthSessionAsync: async (url, redirectUri) =>
        this.#native(async () => {
          const result = this.#open(url)
          const hears = [
            this.states.add((state) => state === 'active' && this.endSession({ type: 'dismiss' })),
            this.links.add(({ url: link }) => {
              if (link.startsWith(redirectUri)) this.endSession({ type: 'success', url: link })
            }),
          ]
          this.become('background')
          return result.finally(() => {
            for (const hear of hears) hear.remove()
          })
        }),
      dismissAuthSession: () => {
        throw new Error('The method WebBrowser.dismissBrowser is not available on android')
      },
    }
  }
}

/** A phone with one app, which the system may kill whenever it is not in front. */
export class FakePhone {
  readonly system: 'ios' | 'android'
  /** What AsyncStorage has written. */
  readonly disk: Map<string, string> = new Map()
  /** What the keychain holds, and for when. */
  readonly keychain: Map<string, { readonly value: string; readonly keychainAccessible: number }> = new Map()
  /** The page that the browser shows. */
  page: string | null = null
  app: FakeApp
  breaks = false
  isFull = false
  /** Whether its screen is. */
  isLocked = false

  constructor(system: 'ios' | 'android' = 'android') {
    this.system = system
    this.app = new FakeApp(this, null)
  }

  /** The system ends the app: everything but the disk is gone. The page stays open. */
  kill(): void {
    this.app.isDead = true
    this.app.states.clear()
    this.app.links.clear()
  }

  /** The person, or a link, starts the app that was killed. */
  start(link: string | null = null): FakeApp {
    this.app = new FakeApp(this, link)
    return this.app
  }

  /** The app is removed and installed anew: as on iOS, the keychain stays. */
  reinstall(): FakeApp {
    this.kill()
    this.disk.clear()
    return this.start()
  }

  /** A link is opened, from wherever. */
  openLink(url: string): void {
    if (this.app.isDead) this.start(url)
    else {
      this.app.links.tell({ url })
      this.app.become('active')
    }
  }

  /** The answer's link to a page, as its server writes it. */
  linkOf(params: Readonly<Record<string, string>>, page: string | null = this.page): string {
    const { state = '', redirect_uri = '' } = Object.fromEntries(new URL(page ?? 'none:').searchParams)
    return `${redirect_uri}#${new URLSearchParams({ state, ...params })}`
  }

  /** The person answers on the page, whose server redirects to the app. */
  answer(params: Readonly<Record<string, string>> = { code: 'abc' }): string {
    const link = this.linkOf(params)
    this.page = null
    if (this.system === 'ios' && !this.app.isDead) this.app.endSession({ type: 'success', url: link })
    else this.openLink(link)
    return link
  }

  /** The person closes the page. */
  closePage(): void {
    this.page = null
    if (this.system === 'ios') this.app.endSession({ type: 'cancel' })
    else this.app.become('active')
  }
}
