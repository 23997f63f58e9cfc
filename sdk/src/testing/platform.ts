import type { ErrorCode } from '../errors/errors.ts'
import type { Receive, WindowPlatform } from '../platform/platform.ts'
import { memoryStorage } from '../platform/token-store.ts'

/** What becomes of a login: it succeeds, the person leaves it open, or it fails with an error code. */
export type LoginOutcome = 'success' | 'waits' | ErrorCode

export interface FakePlatform extends WindowPlatform {
  /** Sets how logins end from now on, and ends the one that waits. */
  answer(outcome: LoginOutcome): void
  /** Goes to a page of the origin that a login wants to come back to. */
  visit(redirectUri: string): void
  /** Another tab has changed the storage, or the network is back. Answers whether anyone heard. */
  happen(what: 'storage' | 'online'): boolean
}

/** A page whose popups and full-page logins answer themselves. It touches no window, and no timer. */
export function fakePlatform(redirectUri: string): FakePlatform {
  const storage = memoryStorage()
  const receivers = new Set<Receive>()
  const listeners = {
    storage: new Set<() => void>(),
    online: new Set<() => void>(),
    pageshow: new Set<() => void>(),
  }
  let outcome: LoginOutcome = 'success'
  let url = redirectUri
  let drawn = 0
  let settle = () => {}

  const send = (message: object) => {
    for (const receive of receivers) receive(message, () => {})
  }
  // On the full page nothing blocks a login.
  const isGranted = () => outcome === 'success' || outcome === 'popup_blocked'
  const answerOf = (state: string, iss: string) =>
    String(new URLSearchParams({ state, iss, ...(isGranted() ? { code: 'code' } : { error: outcome }) }))

  return {
    openAuthorization: (authorization, mode) => {
      const { searchParams: request, origin } = new URL(authorization)
      const state = request.get('state') ?? ''
      if (mode === 'popup' && outcome === 'popup_blocked') return null
      settle = () => {
        if (outcome === 'waits' || (mode === 'popup' && receivers.size === 0)) return
        settle = () => {}
        if (mode === 'page') url = `${request.get('redirect_uri')}#${answerOf(state, origin)}`
        else if (isGranted()) send({ stagedoor: 'answer', state, answer: answerOf(state, origin) })
        else send({ stagedoor: 'done', state, error: outcome })
      }
      // A popup answers no sooner than the page listens.
      if (mode === 'page') queueMicrotask(() => settle())
      return mode === 'page' ? null : { closed: false, url: () => null, focus: () => {}, close: () => {} }
    },
    // As in a browser: what is stored outlives the page.
    storage: {
      ...storage,
      set: (key, value) => {
        storage.set(key, value)
        return true
      },
    },
    tab: memoryStorage(),
    randomBytes: (length) => {
      drawn += 1
      const bytes = new Uint8Array(length)
      new DataView(bytes.buffer).setUint8(0, drawn)
      return bytes
    },
    lock: (_name, task) => task(),
    channel: async (_name, receive) => {
      receivers.add(receive)
      queueMicrotask(() => settle())
      return { post: () => {}, close: () => receivers.delete(receive) }
    },
    on: (what, listener) => {
      listeners[what].add(listener)
      return () => listeners[what].delete(listener)
    },
    page: {
      url: () => url,
      replaceUrl: (clean) => {
        url = clean
      },
      hasFocus: () => true,
      facts: async () => ({ seversPopups: false, isFramed: false, isSandboxed: false, isSecure: true }),
      hasOpener: () => false,
      close: () => {},
    },
    answer: (next) => {
      outcome = next
      settle()
    },
    visit: (redirectUri) => {
      url = redirectUri
    },
    happen: (what) => {
      for (const listener of [...listeners[what]]) listener()
      return listeners[what].size > 0
    },
  }
}
