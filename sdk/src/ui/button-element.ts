import type { StagedoorError } from '../errors/errors.ts'
import type { OAuth } from '../oauth.ts'
import type { LoginOptions } from '../protocol/authorization-request.ts'
import type { Sdk, SdkConfig } from '../sdk.ts'
import { type Account, isOurs } from './account.ts'
import { style } from './button-style.ts'
import type { LoginButton, LoginButtonEvents } from './button-types.ts'
import { failedView, type View, viewOf } from './button-view.ts'
import type { Store } from './observable.ts'
import type { Profile } from './profile.ts'
import { storesOf } from './stores.ts'

const configured = ['app-name', 'api-key', 'redirect-uri', 'api-endpoint']

/** The element's class. Made when it is defined, as there is no `HTMLElement` on a server. */
export function elementClass(
  makeSdk: (config: SdkConfig) => Sdk,
): CustomElementConstructor & (new () => LoginButton) {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)

  return class extends HTMLElement implements LoginButton {
    static readonly observedAttributes = configured
    readonly #button = document.createElement('button')
    readonly #words = document.createElement('p')
    #given: Sdk | null = null
    #made: Sdk | null = null
    #isPlanned = false
    #stops: (() => void)[] = []
    #press: View['press'] = () => {}
    #user: Profile['user'] = null
    #error: StagedoorError | null = null

    constructor() {
      super()
      const shadow = this.attachShadow({ mode: 'open', delegatesFocus: true })
      shadow.adoptedStyleSheets = [sheet]
      this.#button.type = 'button'
      this.#words.setAttribute('role', 'status')
      shadow.append(this.#words, this.#button)
      this.#button.addEventListener('click', ({ detail }) => {
        // The second press of a double click was not meant for what the first has made of the button.
        if (detail < 2) this.#press()
      })
    }

    get sdk(): Sdk | null {
      return this.#given ?? this.#made
    }

    set sdk(sdk: Sdk | null) {
      this.#given = sdk
      this.#plan()
    }

    connectedCallback() {
      // It may have been set before the element was defined.
      if (Object.hasOwn(this, 'sdk')) {
        const { sdk } = this
        Reflect.deleteProperty(this, 'sdk')
        this.sdk = sdk
      }
      this.#plan()
    }

    disconnectedCallback() {
      this.#leave()
    }

    attributeChangedCallback() {
      this.#made = null
      if (!this.#given) this.#plan()
    }

    /** Attributes and `sdk` are set one after another: begins once all are. */
    #plan() {
      if (this.#isPlanned) return
      this.#isPlanned = true
      queueMicrotask(() => {
        this.#isPlanned = false
        this.#leave()
        if (this.isConnected) this.#begin()
      })
    }

    #leave() {
      for (const stop of this.#stops.splice(0)) stop()
    }

    #begin() {
      try {
        this.#made ??= this.#given ? null : makeSdk(this.#config())
        const { sdk } = this
        if (sdk) this.#follow(sdk.oauth)
      } catch (reason) {
        if (!isOurs(reason)) throw reason
        this.#show(failedView(reason, () => this.#plan()))
        this.#tell('login-error', { error: reason })
      }
    }

    #follow(oauth: OAuth) {
      const { account, profile } = storesOf({ oauth })
      const update = () => this.#update(account, profile)
      this.#user = null
      this.#stops = [
        account.subscribe(update),
        profile.subscribe(update),
        oauth.on('signed-out', ({ why }) => this.#tell('signed-out', { why })),
      ]
      update()
    }

    #update(account: Store<Account>, profile: Store<Profile>) {
      const state = account.snapshot()
      const who = profile.snapshot()
      const error = state.error ?? who.error
      const [oldUser, oldError] = [this.#user, this.#error]
      this.#user = who.user
      this.#error = error
      this.#show(viewOf(state, who, (options) => state.login({ ...this.#login(), ...options })))
      if (who.user && !oldUser) this.#tell('signed-in', { user: who.user })
      if (error && error !== oldError) this.#tell('login-error', { error })
    }

    #show({ name, label, words, press }: View) {
      this.#press = press
      this.#button.part.value = `button ${name}`
      this.#words.part.value = `words ${name}`
      this.#button.ariaBusy = String(name === 'busy' || name === 'checking')
      // What is written again would be read out again.
      if (this.#button.textContent !== label) this.#button.textContent = label
      if (this.#words.textContent !== words) this.#words.textContent = words
    }

    #tell<Type extends keyof LoginButtonEvents>(type: Type, detail: LoginButtonEvents[Type]['detail']) {
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }))
    }

    #config(): SdkConfig {
      const [appName, apiKey, redirectUri, apiEndpoint] = configured.map(
        (name) => this.getAttribute(name) ?? undefined,
      )
      return { appName, redirectUri, apiEndpoint, ...(apiKey !== undefined && { apiKey }) }
    }

    #login(): LoginOptions {
      const isNamed = (name: string, value: string) => this.getAttribute(name)?.split(' ').includes(value)
      return {
        scope: isNamed('scope', 'write') ? 'write' : 'read',
        display: isNamed('display', 'fullScreen') ? 'fullScreen' : 'popup',
      }
    }
  }
}
