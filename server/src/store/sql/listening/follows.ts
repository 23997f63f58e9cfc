import type { PeopleList } from '../../contract/listening.ts'
import type { Profile, Relation } from '../../contract/music.ts'
import type { Instant } from '../../contract/store.ts'
import { profileColumns, toProfile } from '../music/profile-row.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, run, together, type Verb } from '../transaction.ts'

type Pair = { followerId: number; followeeId: number }
type List = { id: number; offset: number; limit: number }

/** Of how many followers, the last ones, it is asked whom else they follow. */
const askedFollowers = 200

const selectLive = statement((p: Placeholder<Pair>) =>
  query.selectFrom('users').select('id').where('id', '=', p('followeeId')).where('disabled_at', 'is', null),
)

const insertFollow = statement((p: Placeholder<Pair & { apiKey: string | null; now: Instant }>) =>
  query
    .insertInto('follows')
    .values({
      follower_id: p('followerId'),
      followee_id: p('followeeId'),
      api_key: p('apiKey'),
      created_at: p('now'),
    })
    .onConflict((conflict) => conflict.doNothing()),
)

const deleteFollow = statement((p: Placeholder<Pair>) =>
  query
    .deleteFrom('follows')
    .where('follower_id', '=', p('followerId'))
    .where('followee_id', '=', p('followeeId')),
)

const countFollowers = (by: '+' | '-') =>
  statement((p: Placeholder<Pair>) =>
    query
      .updateTable('users')
      .set((set) => ({ follower_count: set('follower_count', by, set.lit(1)) }))
      .where('id', '=', p('followeeId')),
  )
const countFollowees = (by: '+' | '-') =>
  statement((p: Placeholder<Pair>) =>
    query
      .updateTable('users')
      .set((set) => ({ followee_count: set('followee_count', by, set.lit(1)) }))
      .where('id', '=', p('followerId')),
  )
const more = [countFollowers('+'), countFollowees('+')]
const less = [countFollowers('-'), countFollowees('-')]

const selectPeople = (shown: 'follower_id' | 'followee_id', of: 'follower_id' | 'followee_id') =>
  statement((p: Placeholder<List>) =>
    query
      .selectFrom('follows')
      .innerJoin('users', 'users.id', `follows.${shown}`)
      .select(profileColumns)
      .where(`follows.${of}`, '=', p('id'))
      .where('users.disabled_at', 'is', null)
      .orderBy('follows.created_at', 'desc')
      .orderBy('users.id', 'desc')
      .limit(p('limit'))
      .offset(p('offset')),
  )
const selectFollowers = selectPeople('follower_id', 'followee_id')
const selectFollowing = selectPeople('followee_id', 'follower_id')

const selectMutuals = statement((p: Placeholder<List & { viewerId: number }>) =>
  query
    .selectFrom('follows')
    .innerJoin('follows as theirs', 'theirs.followee_id', 'follows.followee_id')
    .innerJoin('users', 'users.id', 'follows.followee_id')
    .select(profileColumns)
    .where('follows.follower_id', '=', p('viewerId'))
    .where('theirs.follower_id', '=', p('id'))
    .where('users.disabled_at', 'is', null)
    .orderBy('follows.created_at', 'desc')
    .orderBy('users.id', 'desc')
    .limit(p('limit'))
    .offset(p('offset')),
)

const selectRelated = statement((p: Placeholder<List>) =>
  query
    .selectFrom((from) =>
      from
        .selectFrom('follows')
        .select('follower_id')
        .where('followee_id', '=', p('id'))
        .orderBy('created_at', 'desc')
        .limit((of) => of.lit(askedFollowers))
        .as('followers'),
    )
    .innerJoin('follows', 'follows.follower_id', 'followers.follower_id')
    .innerJoin('users', 'users.id', 'follows.followee_id')
    .select(profileColumns)
    .where('users.id', '<>', p('id'))
    .where('users.disabled_at', 'is', null)
    .groupBy('users.id')
    .orderBy((of) => of.fn.countAll(), 'desc')
    .orderBy('users.id', 'desc')
    .limit(p('limit'))
    .offset(p('offset')),
)

const selectPair = statement((p: Placeholder<Pair>) =>
  query
    .selectFrom('follows')
    .select('followee_id')
    .where((is) =>
      is.or([
        is.and([is('follower_id', '=', p('followerId')), is('followee_id', '=', p('followeeId'))]),
        is.and([is('follower_id', '=', p('followeeId')), is('followee_id', '=', p('followerId'))]),
      ]),
    ),
)

/** Follows a user, once. */
export function* follow(
  followerId: number,
  followeeId: number,
  apiKey: string | null,
  now: Instant,
): Verb<boolean> {
  const pair = { followerId, followeeId }
  if ((yield* one(selectLive, pair)) === undefined) return false
  if ((yield* change(insertFollow, { ...pair, apiKey, now })) > 0)
    yield* together(more.map((statement) => run(statement, pair)))
  return true
}

/** Follows a user no longer. */
export function* unfollow(followerId: number, followeeId: number): Verb<void> {
  const pair = { followerId, followeeId }
  if ((yield* change(deleteFollow, pair)) > 0) yield* together(less.map((statement) => run(statement, pair)))
}

/** Who follows a user, the last first. */
export function* listFollowers({ id, offset, limit }: PeopleList): Verb<readonly Profile[]> {
  return (yield* all(selectFollowers, { id, offset, limit })).map(toProfile)
}

/** Whom a user follows, the last first. */
export function* listFollowing({ id, offset, limit }: PeopleList): Verb<readonly Profile[]> {
  return (yield* all(selectFollowing, { id, offset, limit })).map(toProfile)
}

/** Whom both follow. */
export function* listMutuals(list: PeopleList & { readonly viewerId: number }): Verb<readonly Profile[]> {
  const { id, viewerId, offset, limit } = list
  return (yield* all(selectMutuals, { id, viewerId, offset, limit })).map(toProfile)
}

/** Whom the followers of a user follow as well. */
export function* listRelated({ id, offset, limit }: PeopleList): Verb<readonly Profile[]> {
  return (yield* all(selectRelated, { id, offset, limit })).map(toProfile)
}

/** How a viewer is related to each of these users. */
export function* findRelations(
  viewerId: number,
  userIds: readonly number[],
): Verb<ReadonlyMap<number, Relation>> {
  const found = new Map<number, Relation>()
  for (const userId of new Set(userIds)) {
    const rows = yield* all(selectPair, { followerId: viewerId, followeeId: userId })
    found.set(userId, {
      isFollowed: rows.some((row) => row.followee_id === userId),
      isFollower: rows.some((row) => row.followee_id === viewerId),
    })
  }
  return found
}
