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
export const profileOf = (oauth: OAuth, account: Store<Account>): Store<Profile> => {
  let session: SessionSnapshot | undefined
  let newest: Promise<CurrentUser> | undefined

  const load = (changes: Partial<Profile> | false = false) => {
    const answer = oauth.getUser()
    newest = answer
    set({ ...changes, error: null, isLoading: true })
    return settle(answer, (error, user) => {
      if (newest === answer) set({ ...(user ? { user } : { error }), isLoading: false })
    })
  }

  const follow = () => {
    const { status } = account.snapshot()
    if (status === 'loading' || session === oauth.session) return
    const before = session?.status
    session = oauth.session
    if (status === 'signed-out') {
      newest = undefined
      set({ user: null, error: null, isLoading: false })
    } else if (status === 'authenticated' || !snapshot().user)
      load(before !== 'unreachable' && { user: null })
  }

  const { set, snapshot, ...store } = keep<Profile>(
    {
      user: null,
      error: null,
      isLoading: true,
      reload: async () => {
        if (session?.status !== 'signed-out') await load()
      },
    },
    () => {
      const stops = [
        account.subscribe(follow),
        // It may have come back from being unreachable, and as another's.
        oauth.on('signed-in', () => set({ user: null })),
      ]
      follow()
      return stops
    },
  )
  return {
    ...store,
    // While nobody listened the session may have become another's.
    snapshot: () => (session === oauth.session ? snapshot() : store.initial),
  }
}
