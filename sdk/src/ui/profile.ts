import type { CurrentUser } from '../api/current-user.ts'
import type { StagedoorError } from '../errors/errors.ts'
import type { OAuth } from '../oauth.ts'
import type { SessionSnapshot } from '../session/events.ts'
import { type Account, settle } from './account.ts'
import { keep, type Store } from './observable.ts'

/** Who is logged in, as far as it is known. */
export interface Profile {
  /** Null while nobody is logged in, and until the profile was loaded. */
  readonly user: CurrentUser | null
  /** Whether it is being loaded. */
  readonly isLoading: boolean
  /** Why the profile could not be loaded. */
  readonly error: StagedoorError | null
  /** Loads the profile again, and keeps the user until it is there. A failure is in `error`. */
  reload(): Promise<void>
}

/** The user of an instance's session: asked for once, and again whenever the session is another's. */
export function profileOf(oauth: OAuth, account: Store<Account>): Store<Profile> {
  let session: SessionSnapshot | undefined
  let loading: Promise<unknown> | undefined

  function load(user = store.snapshot().user): Promise<unknown> {
    const answer = oauth.getUser()
    loading = answer
    store.set({ user, isLoading: true, error: null })
    return settle(answer, (error, found) => {
      if (loading === answer) show(found ?? store.snapshot().user, error)
    })
  }

  function show(user: CurrentUser | null, error: StagedoorError | null) {
    loading = undefined
    store.set({ user, error, isLoading: false })
  }

  function follow() {
    const { status } = account.snapshot()
    if (status === 'loading' || session === oauth.session) return
    const before = session?.status
    session = oauth.session
    if (status === 'signed-out') show(null, null)
    else if (status === 'authenticated') load(before === 'unreachable' ? undefined : null)
    else if (!store.snapshot().user && !loading) load()
  }

  const store = keep<Profile>(
    {
      user: null,
      isLoading: true,
      error: null,
      reload: async () => {
        if (session && session.status !== 'signed-out') await load()
      },
    },
    (stops) => {
      stops.push(
        account.subscribe(follow),
        oauth.on('signed-in', () => {
          // It came back from being unreachable, and as another's.
          if (loading) store.set({ user: null })
        }),
      )
      follow()
    },
  )
  return {
    ...store,
    // While nobody listened the session may have become another's.
    snapshot: () => (session === oauth.session ? store.snapshot() : store.initial),
  }
}
