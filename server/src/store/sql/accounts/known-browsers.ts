import type { Digest, Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'

const upsert = statement((p: Placeholder<{ userId: number; browser: Digest; now: Instant }>) =>
  query
    .insertInto('known_browsers')
    .values({ user_id: p('userId'), browser: p('browser'), used_at: p('now') })
    .onConflict((conflict) => conflict.columns(['user_id', 'browser']).doUpdateSet({ used_at: p('now') })),
)

const selectKnown = statement((p: Placeholder<{ login: string; browser: Digest }>) =>
  query
    .selectFrom('known_browsers')
    .innerJoin('users', 'users.id', 'known_browsers.user_id')
    .select('users.id')
    .where((is) => is.or([is('handle_key', '=', p('login')), is('email_key', '=', p('login'))]))
    .where('browser', '=', p('browser')),
)

const deleteOthers = statement((p: Placeholder<{ userId: number; browser: Digest }>) =>
  query.deleteFrom('known_browsers').where('user_id', '=', p('userId')).where('browser', '<>', p('browser')),
)

/** Forgets every browser of a user. */
export const deleteBrowsersOfUser = statement((p: Placeholder<{ userId: number }>) =>
  query.deleteFrom('known_browsers').where('user_id', '=', p('userId')),
)

/** Knows a browser from now on as one in which a user has signed in. */
export function* knowBrowser(userId: number, browser: Digest, now: Instant): Verb<void> {
  yield* change(upsert, { userId, browser, now })
}

/** Forgets every browser of a user but one. */
export function* forgetOtherBrowsers(userId: number, browser: Digest): Verb<void> {
  yield* change(deleteOthers, { userId, browser })
}

/** Whether the user of a login has signed in in a browser. */
export function* isKnownBrowser(login: string, browser: Digest): Verb<boolean> {
  return (yield* one(selectKnown, { login: login.toLowerCase(), browser })) !== undefined
}
