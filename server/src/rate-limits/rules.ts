import type { Quota } from '../errors/rate-limit-fields.ts'
import type { Backoff } from '../store/contract/store.ts'

/** How fast something may go: a rate, and how much of it at once after a pause. */
export interface Pace {
  readonly perSecond: number
  readonly burst: number
}

/**
 * What one network may ask for, so generously that a whole office or school behind one address does not notice; `person`
 * is what somebody who proves who they are may go on asking for when their network has used up its own.
 */
export const paces = {
  person: { perSecond: 20, burst: 600 },
  page: { perSecond: 40, burst: 1200 },
  document: { perSecond: 100, burst: 2000 },
  api: { perSecond: 100, burst: 2000 },
  search: { perSecond: 20, burst: 400 },
  content: { perSecond: 100, burst: 2000 },
  upload: { perSecond: 100, burst: 2000 },
  authorize: { perSecond: 20, burst: 600 },
  token: { perSecond: 100, burst: 3000 },
  'wrong-grant': { perSecond: 1, burst: 250 },
  'sign-in': { perSecond: 5, burst: 600 },
  'sign-up': { perSecond: 1 / 30, burst: 120 },
  /** Logins that devices begin, by network; and codes that people type, by account. */
  device: { perSecond: 1, burst: 120 },
  'user-code': { perSecond: 1 / 60, burst: 20 },
  link: { perSecond: 1, burst: 120 },
} as const satisfies Readonly<Record<string, Pace>>

export type PaceName = keyof typeof paces

const waits: Omit<Backoff, 'free'> = {
  firstWaitMs: 1_000,
  longestWaitMs: 15 * 60_000,
  memoryMs: 60 * 60_000,
}

/**
 * Whose failures are counted together: those at one account, in one browser known to it, or from one network; and the
 * mails that one network asks for, each of which counts as a failure.
 */
export const backoffs = {
  account: { free: 10, ...waits },
  browser: { free: 10, ...waits },
  network: { free: 100, ...waits },
  mail: { free: 20, ...waits },
} as const satisfies Readonly<Record<string, Backoff>>

export type BackoffName = keyof typeof backoffs

/** What a backoff lets through before anybody waits, for programs. */
export const quotaOf = (name: BackoffName): Quota => ({
  name,
  quota: backoffs[name].free,
  windowSeconds: backoffs[name].memoryMs / 1000,
})

const ofRoutes: readonly (readonly [RegExp, PaceName | null])[] = [
  [/^OPTIONS /, null],
  [/ \/(?:healthz|readyz|metrics)$/, null],
  [/ \/v1\/oauth\/authorize$/, 'authorize'],
  [/ \/v1\/oauth\/(?:token|revoke|introspect|par)$/, 'token'],
  [/ \/v1\/oauth\/device_authorization$/, 'device'],
  [/ \/v1\/openapi\.json$/, 'document'],
  [/ \/v1\/(?:.*\/search|search\/.*|.*\/trending)$/, 'search'],
  [/ \/(?:v1\/|mcp$)/, 'api'],
  [/ \/(?:files|uploads|health_check)(?:\/|$)/, 'upload'],
  [/ \/content\//, 'content'],
  [/^POST \/(?:sign-in|reset-password$)/, 'sign-in'],
  [/ \/(?:confirm-email|reset-password\/new)$/, 'link'],
  [/ \/(?:docs|assets|\.well-known)\//, 'document'],
  [/\.(?:js|mjs|tgz|svg|css|txt)$/, 'document'],
]

/** The pace of a route, by its method and the path it was written with; null for one that nobody is held back at. */
export function paceOfRoute(method: string, path: string): PaceName | null {
  const line = `${method} ${path}`
  const [, pace = null] = ofRoutes.find(([pattern]) => pattern.test(line)) ?? [null, 'page' as const]
  return pace
}
