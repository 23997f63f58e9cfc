/**
 * What the SDK needs from where it runs. An entry builds one and hands it to the logic, which touches no other global
 * than `fetch` and timers.
 */
export interface Platform {
  /** Strings that outlive the page, or the app's process, where the system lets them. */
  readonly storage: KeyValue
  /** Cryptographically secure random bytes. Throws `no_secure_random` where there are none. */
  randomBytes(length: number): Uint8Array
  /** Runs a task while no other tab or instance runs one of the same name. */
  lock<T>(name: string, task: () => Promise<T>): Promise<T>
  /**
   * Listens for another tab that changed the storage, for a network that may be back, or for a page that is shown anew;
   * answers how to stop.
   */
  on(what: 'storage' | 'online' | 'pageshow', listener: () => void): () => void
}

/** A platform with windows that an authorization page can be shown in: a browser. */
export interface WindowPlatform extends Platform {
  /**
   * Shows an authorization page. `popup` opens a window, synchronously, and answers null when the browser blocks it;
   * `page` navigates this page away and answers null.
   */
  openAuthorization(url: string, mode: Mode): AuthorizationWindow | null
  /** Talks to the other windows of this origin that opened a channel of the same name. Rejects with `redirect_uri_origin`. */
  channel(name: string, receive: Receive): Promise<Channel>
  /** The page this runs in: where an answer arrives. */
  readonly page: Page
  /** Strings that live as long as the tab, reloads included. */
  readonly tab: KeyValue
}

/** A platform that shows authorization pages in an external user agent (RFC 8252 §4): a phone, a command line. */
export interface AgentPlatform extends Platform {
  /** Reads what the storage keeps. Nothing is in it before. */
  load(): Promise<void>
  /** Resolves once what was stored will outlive the process. */
  saved(): Promise<void>
  /** Makes ready to show a page that ends at a redirect URI. */
  agent(redirectUri: string): Promise<UserAgent>
  /** The link that started the app, or null. Those that are opened while it runs go to `opened`. */
  startedBy(opened: (url: string) => void): Promise<string | null>
}

export interface UserAgent {
  /** What to be redirected to: a loopback listener adds its port (RFC 8252 §7.3). */
  readonly redirectUri: string
  /**
   * Shows a page.
   *
   * @param openUrl Shows it in place of the agent's own window.
   * @returns The URL that the person came back with, or null when they closed the page. Stays pending where nobody can tell.
   */
  show(url: string, openUrl: ((url: string) => unknown) | undefined): Promise<string | null>
  /** Ends it, and closes its page where it can. Harmless when it has ended. */
  close(): void
}

/** How an authorization page is shown: in a window of its own, or in place of the app's page. */
export type Mode = 'popup' | 'page'

/** A handler of messages; `reply` goes to the sender. The data is whatever was sent, by whomever. */
export type Receive = (data: unknown, reply: (data: object) => void) => void

export interface AuthorizationWindow {
  /** A hint: a popup severed from its opener (Cross-Origin-Opener-Policy) says true as well. */
  readonly closed: boolean
  /** Its URL, or null while it shows a page of another origin. */
  url(): string | null
  focus(): void
  close(): void
}

export interface Channel {
  post(data: object): void
  close(): void
}

export interface KeyValue {
  get(key: string): string | null
  /** Answers false when the value will not outlive the page. */
  set(key: string, value: string): boolean
  remove(key: string): void
  keys(): string[]
}

/** How a page is shown. */
export interface PageFacts {
  /** Whether the page's Cross-Origin-Opener-Policy cuts it off from the windows that it opens. */
  readonly seversPopups: boolean
  /** Whether it stands in a frame of another origin. */
  readonly isFramed: boolean
  /** Whether no other page has its origin, and so no callback page either. */
  readonly isSandboxed: boolean
  readonly isSecure: boolean
}

export interface Page {
  /** The page's URL, or the empty string where there is no page. */
  url(): string
  replaceUrl(url: string): void
  hasFocus(): boolean
  facts(): Promise<PageFacts>
  /** Whether the window that opened this one still stands. */
  hasOpener(): boolean
  close(): void
}
