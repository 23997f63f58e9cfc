import type { ErrorCode, StagedoorError } from '../errors/errors.ts'
import type { OAuth } from '../oauth.ts'
import type { LoginOptions } from '../protocol/authorization-request.ts'
import type { SessionSnapshot } from '../session/events.ts'
import { keep, type Store } from './observable.ts'

/** Whether somebody is logged in, and how that is changed. */
export interface Account {
  /** As `oauth.session` says it; `loading` also while a callback page completes its login. */
  readonly status: SessionSnapshot['status']
  /** Whether a popup login waits for the person. Another `login()` focuses it. */
  readonly isLoggingIn: boolean
  /**
   * Why the last login is none, where nothing failed: the code of what a person or the app ended on purpose
   * (`popup_closed`, `access_denied`, `aborted`), or `session_expired`. Null until then, and from the next login on.
   */
  readonly ended: ErrorCode | null
  /** What failed last, until the next login: a login, a logout, the callback page or a look in the background. */
  readonly error: StagedoorError | null
  /**
   * Logs a person in: `oauth.login` for a click handler. Answers whether it did; a failure is in `error`, and a
   * cancelled login is none. Rejects only with what the app's own `openUrl` throws.
   *
   * @param options As `oauth.login` takes them.
   */
  login(options?: LoginOptions): Promise<boolean>
  /** Gives up the popup login that waits for the person, as they would by closing it. */
  cancel(): void
  /** Forgets `error` and `ended`, once they were read. */
  dismiss(): void
  /** Logs out: `oauth.logout`. A failure is in `error`. */
  logout(): Promise<void>
}

/** Whether it is an error of the SDK. The core's own test would bring a copy of its catalogue. */
export const isOurs = (error: unknown): error is StagedoorError => 'isStagedoorError' in Object(error)

/**
 * Awaits a call and tells what it failed with, or null. Answers whether it failed with nothing. Throws what is no error
 * of the SDK on.
 */
export async function settle<T>(
  call: Promise<T>,
  tell: (error: StagedoorError | null, found?: T) => void,
): Promise<boolean> {
  let error: StagedoorError | null = null
  let found: T | undefined
  try {
    found = await call
  } catch (reason) {
    if (!isOurs(reason)) throw reason
    error = reason
  } finally {
    tell(error, found)
  }
  return !error
}

/** The account of an instance, with its calls. Whoever listens first completes the login that this page's URL carries. */
export function accountOf(oauth: OAuth): Store<Account & { readonly oauth: OAuth }> {
  /** Whether the callback page has completed its login; undefined before it was looked for. */
  let hasReturned: boolean | undefined
  let newest: Promise<void> | undefined
  let controller: AbortController | undefined

  const set = (changes?: Partial<Account> | null) =>
    store.set({ status: hasReturned ? oauth.session.status : 'loading', ...changes })

  const cancel = () => {
    controller?.abort()
    controller = undefined
  }

  const dismiss = () => set({ error: null, ended: null })

  const store = keep<Account & { readonly oauth: OAuth }>(
    {
      oauth,
      status: 'loading',
      isLoggingIn: false,
      ended: null,
      error: null,
      login: async (options) => {
        const outer = options?.signal
        // A bare React Native engine has none.
        if (typeof AbortController === 'function') controller ??= new AbortController()
        const signal = controller?.signal ?? outer
        outer?.addEventListener('abort', cancel)
        if (outer?.aborted) cancel()
        // Nothing may be awaited before this: a popup needs the click.
        const login = oauth.login({ ...options, signal })
        newest = login
        // What leaves the page never ends, also not for who comes back to it.
        set({ error: null, ended: null, isLoggingIn: options?.display !== 'fullScreen' })
        return settle(login, (error) => {
          outer?.removeEventListener('abort', cancel)
          const changes = error?.cancelled ? { ended: error.code } : { error }
          if (newest === login) set({ ...changes, isLoggingIn: false })
        })
      },
      cancel,
      dismiss,
      logout: async () => {
        dismiss()
        await settle(oauth.logout(), (error) => error && set({ error }))
      },
    },
    (stops) => {
      stops.push(
        oauth.subscribe(() => set()),
        oauth.on('signed-in', dismiss),
        oauth.on('signed-out', ({ why }) => set({ ended: why === 'expired' ? 'session_expired' : null })),
        oauth.on('error', ({ error }) => set({ error })),
      )
      // What happened while nobody listened is shown to who listens again.
      if (hasReturned !== undefined) return set()
      hasReturned = false
      settle(oauth.handleRedirect(), (error) => {
        hasReturned = true
        set(error && { error, ended: error.cancelled ? error.code : null })
      })
    },
  )
  return store
}
