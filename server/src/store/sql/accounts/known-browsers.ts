import type { Digest, Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { loginKey } from './login-keys.ts'

type Known = { userId: number; browser: Digest; now: Instant }

const insertBrowser = statement((p: Placeholder<Known>) =>
  query
    .insertInto('known_browsers')
    .values({ user_id: p('userId'), browser: p('browser'), used_at: p('now') })
    .onConflict((conflict) => conflict.doNothing()),
)

const touchBrowser = statement((p: Placeholder<Known>) =>
  query
    .updateTable('known_browsers')
    .set({ used_at: p('now') })
    .where('user_id', '=', p('userId'))
    .where('browser', '=', p('browser')),
)

/** Browsers that a user may be known in at once. */
const mostBrowsers = 100

const deleteBeyond = statement((p: Placeholder<{ userId: number; browser: Digest; others: number }>) =>
  query
    .deleteFrom('known_browsers')
    .where('user_id', '=', p('userId'))
    .where('browser', '<>', p('browser'))
    .where('browser', 'not in', (from) =>
      from
        .selectFrom('known_browsers as kept')
        .select('kept.browser')
        .where('kept.user_id', '=', p('userId'))
        .where('kept.browser', '<>', p('browser'))
        .orderBy('kept.used_at', 'desc')
        .limit(p('others')),
    ),
)

const selectKnown = statement((p: Placeholder<{ login: string; browser: Digest }>) =>
  query
    .selectFrom('known_browsers')
    .innerJoin('users', 'users.id', 'known_browsers.user_id')
    .select('users.id')
    .where((is) =>
      is.or([
        is('handle_key', '=', p('login')),
        is.and([
          is('email_key', '=', p('login')),
          is.or([
            is('email_confirmed_at', 'is not', null),
            is.not(
              is.exists(
                is
                  .selectFrom('users as other')
                  .select('other.id')
                  .where('other.email_key', '=', p('login'))
                  .whereRef('other.id', '<>', 'users.id'),
              ),
            ),
          ]),
        ]),
      ]),
    )
    .where('browser', '=', p('browser')),
)

const deleteOthers = statement((p: Placeholder<{ userId: number; browser: Digest }>) =>
  query.deleteFrom('known_browsers').where('user_id', '=', p('userId')).where('browser', '<>', p('browser')),
)

/** Forgets every browser of a user. */
export const deleteBrowsersOfUser = statement((p: Placeholder<{ userId: number }>) =>
  query.deleteFrom('known_browsers').where('user_id', '=', p('userId')),
)

/**
 * Knows a browser from now on as one in which a user has signed in, and forgets, beyond what a user may have, those that
 * were used least lately; answers whether it is new.
 */
export function* knowBrowser(userId: number, browser: Digest, now: Instant): Verb<boolean> {
  if ((yield* change(insertBrowser, { userId, browser, now })) > 0) {
    yield* change(deleteBeyond, { userId, browser, others: mostBrowsers - 1 })
    return true
  }
  yield* change(touchBrowser, { userId, browser, now })
  return false
}

/** Forgets every browser of a user but one. */
export function* forgetOtherBrowsers(userId: number, browser: Digest): Verb<void> {
  yield* change(deleteOthers, { userId, browser })
}

/** Whether the user of a login has signed in in a browser. */
export function* isKnownBrowser(login: string, browser: Digest): Verb<boolean> {
  return (yield* one(selectKnown, { login: loginKey(login), browser })) !== undefined
}
