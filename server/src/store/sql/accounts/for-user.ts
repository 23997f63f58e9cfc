import { UserInactive } from '../../contract/errors.ts'
import type { Store } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { one, type Verb } from '../transaction.ts'
import type { VerbEntry } from '../verb-entry.ts'

type Methods = {
  readonly [Name in keyof Store]?: Store[Name] extends (...values: infer Arguments) => unknown
    ? (...values: Arguments) => number | null
    : never
}

const ofAccount = ({ userId }: { readonly userId: number | null }) => userId
const first = (userId: number | null) => userId
const second = (_: unknown, userId: number | null) => userId

/**
 * Every verb that writes for a user, and who that is; null for nobody. What ends access, or has a look at its user of its own,
 * is none of these.
 */
export const doneFor: Methods = {
  passkeyHandle: first,
  createPasskey: ofAccount,
  deletePasskey: first,
  createManagementToken: ofAccount,
  createEmailChange: ofAccount,
  updateProfile: first,

  createApp: ({ ownerId }) => ownerId,
  updateApp: second,
  deleteAppOf: first,
  setIdTokenAlgorithm: second,
  setWebhook: second,
  moveWebhook: second,
  deleteWebhook: second,
  setLogoutUri: second,
  queueTest: second,
  replayDelivery: second,

  createUpload: ofAccount,
  createTrack: ofAccount,
  updateTrack: second,
  deleteTrack: second,
  saveTrack: first,
  unsaveTrack: first,
  noteListening: first,
  createPlaylist: ofAccount,
  updatePlaylist: second,
  deletePlaylist: second,
  addToPlaylist: second,
  removeFromPlaylist: second,
  createComment: ofAccount,
  updateComment: second,
  deleteComment: second,
  reactToComment: second,
  unreactToComment: second,
  mark: second,
  unmark: second,
  follow: first,
  unfollow: first,
  beginImport: first,
}

const selectActive = statement((p: Placeholder<{ userId: number }>) =>
  query
    .selectFrom('users')
    .select('id')
    .where('id', '=', p('userId'))
    .where('disabled_at', 'is', null)
    // Who deletes the account waits until what is written for it is there, and deletes that too.
    .forNoKeyUpdate(),
)

/** A verb that, where `doneFor` names its user, does nothing for one who is gone or disabled and throws `UserInactive`. */
export function forActiveUser<Result>(
  name: string,
  { isolation, verb }: VerbEntry<never, Result>,
): VerbEntry<never, Result> {
  const userOf: ((...values: never) => number | null) | undefined = Reflect.get(doneFor, name)
  if (userOf === undefined) return { isolation, verb }
  return {
    isolation,
    *verb(...values): Verb<Result> {
      const userId = userOf(...values)
      if (userId !== null && (yield* one(selectActive, { userId })) === undefined) throw new UserInactive()
      return yield* verb(...values)
    },
  }
}
