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
export const isOurs = (error: unknown): error is StagedoorError => Object(error).isStagedoorError

/**
 * Tells what a call failed with, or null and what it found, and answers what the teller does. What is no error of the SDK
 * is thrown on.
 */
export const settle = <T, A>(
  call: Promise<T>,
  tell: (error: StagedoorError | null, found?: T) => A,
): Promise<A> =>
  call.then(
    (found) => tell(null, found),
    (error) => {
      if (isOurs(error)) return tell(error)
      tell(null)
      throw error
    },
  )

/** What a failure changes: what was ended on purpose is none. */
const failed = (error: StagedoorError | null): Partial<Account> | null =>
  error && (error.cancelled ? { ended: error.code } : { error })

/** The account of an instance, with its calls. Whoever listens first completes the login that this page's URL carries. */
export const accountOf = (oauth: OAuth): Store<Account & { readonly oauth: OAuth }> => {
  /** Whether the callback page has completed its login; undefined before it was looked for. */
  let hasReturned: boolean | undefined
  let newest: Promise<void> | undefined
  let controller = new AbortController()

  const set = (changes?: Partial<Account> | null) =>
    store.set({ status: hasReturned ? oauth.session.status : 'loading', ...changes })

  const cancel = () => {
    controller.abort()
    controller = new AbortController()
  }

  const dismiss = () => set({ error: null, ended: null })

  const store = keep<Account & { readonly oauth: OAuth }>(
    {
      oauth,
      status: 'loading',
      isLoggingIn: false,
      error: null,
      ended: null,
      login: (options) => {
        const outer = options?.signal
        // Nothing may be awaited before this: a popup needs the click.
        const login = oauth.login({ ...options, signal: controller.signal })
        newest = login
        outer?.addEventListener('abort', cancel)
        if (outer?.aborted) cancel()
        // What leaves the page never ends, also not for who comes back to it.
        set({ error: null, ended: null, isLoggingIn: options?.display !== 'fullScreen' })
        return settle(login, (error) => {
          outer?.removeEventListener('abort', cancel)
          if (newest === login) set({ ...failed(error), isLoggingIn: false })
          return !error
        })
      },
      cancel,
      dismiss,
      logout: async () => {
        dismiss()
        await settle(oauth.logout(), (error) => set(failed(error)))
      },
    },
    () => {
      const stops = [
        oauth.subscribe(set),
        oauth.on('signed-in', dismiss),
        oauth.on('signed-out', ({ why }) => set({ ended: why === 'expired' ? 'session_expired' : null })),
        oauth.on('error', ({ error }) => set({ error })),
      ]
      if (hasReturned === undefined) {
        hasReturned = false
        settle(oauth.handleRedirect(), (error) => {
          hasReturned = true
          // Who was away on the server's page is told what became of it, also where they ended it themselves.
          set({ ...failed(error), error })
        })
      }
      // What happened while nobody listened is shown to who listens again.
      set()
      return stops
    },
  )
  return store
}
