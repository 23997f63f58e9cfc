/**
 * What the SDK needs from where it runs. An entry builds one and hands it to the logic, which touches no other global
 * than `fetch`, `URL` and timers.
 */
export interface Platform {
  /**
   * Shows an authorization page. `popup` opens a window, synchronously, and answers null when the browser blocks it;
   * `page` navigates this page away and answers null.
   */
  openAuthorization(url: string, mode: Mode): AuthorizationWindow | null
  /** Strings that outlive the page where the browser lets them. */
  readonly storage: KeyValue
  /** Cryptographically secure random bytes. Throws where there is no secure source. */
  randomBytes(length: number): Uint8Array
  /** Runs a task while no other tab or instance runs one of the same name. */
  lock<T>(name: string, task: () => Promise<T>): Promise<T>
  /** Talks to the other windows of this origin that opened a channel of the same name. */
  channel(name: string, receive: Receive): Channel
  /** Listens for another tab that changed the storage, or for a network that is back; answers how to stop. */
  hear(what: 'storage' | 'online', listener: () => void): () => void
  /** The page this runs in: where an answer arrives. */
  readonly page: Page
}

export type Mode = 'popup' | 'page'

/** A handler of messages; `reply` goes to the sender. The data is whatever was sent, by whomever. */
export type Receive = (data: unknown, reply: (data: object) => void) => void

export interface AuthorizationWindow {
  /** A hint: a popup severed from its opener (Cross-Origin-Opener-Policy) says true as well. */
  isClosed(): boolean
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

export interface Page {
  /** The page's URL, or the empty string where there is no page. */
  url(): string
  replaceUrl(url: string): void
  hasFocus(): boolean
  /** Whether the window that opened this one still stands. */
  hasOpener(): boolean
  close(): void
}
