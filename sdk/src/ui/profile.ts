import type { CurrentUser } from '../api/current-user.ts'
import type { StagedoorError } from '../errors/errors.ts'
import type { OAuth } from '../oauth.ts'
import type { SessionSnapshot } from '../session/events.ts'
import { type Account, ours } from './account.ts'
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

  async function load(user: CurrentUser | null) {
    const answer = oauth.getUser()
    loading = answer
    store.set({ user, isLoading: true, error: null })
    let changes: Partial<Profile> = {}
    try {
      changes = { user: await answer }
    } catch (reason) {
      changes = { error: ours(reason) }
    } finally {
      if (loading === answer) {
        loading = undefined
        store.set({ ...changes, isLoading: false })
      }
    }
  }

  function follow() {
    const { status } = account.snapshot()
    if (status === 'loading' || session === oauth.session) return
    const wasUnreachable = session?.status === 'unreachable'
    session = oauth.session
    const { user } = store.snapshot()
    if (status === 'signed-out') {
      loading = undefined
      store.set({ user: null, isLoading: false, error: null })
    } else if (status === 'authenticated') load(wasUnreachable ? user : null)
    else if (!user && !loading) load(null)
  }

  const store = keep<Profile>(
    {
      user: null,
      isLoading: true,
      error: null,
      reload: async () => {
        if (session && session.status !== 'signed-out') await load(store.snapshot().user)
      },
    },
    (stops) => {
      stops.push(
        account.subscribe(follow),
        oauth.on('signed-in', () => {
          const { user, isLoading } = store.snapshot()
          // It came back from being unreachable, and as another's.
          if (user && isLoading) store.set({ user: null })
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
