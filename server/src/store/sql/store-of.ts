import type { Find } from '../contract/search.ts'
import type { Actor, Once, Store } from '../contract/store.ts'
import { forActiveUser } from './accounts/for-user.ts'
import { audits } from './audit/audited.ts'
import { type AnyAudit, withAudit } from './audit/with-audit.ts'
import { creations, withKey } from './idempotency.ts'
import * as profiles from './music/profiles.ts'
import * as trackLists from './music/track-lists.ts'
import * as tokens from './oauth/tokens.ts'
import * as playlistLists from './playlists/playlist-lists.ts'
import { guarded } from './schema-guard.ts'
import type { RunVerb, VerbEntry } from './verb-entry.ts'
import { verbs } from './verbs.ts'

/**
 * The store of an engine.
 *
 * @param runVerb How the engine runs a verb; rejects with `StoreUnavailable` where it cannot.
 * @param find Finds what a text may mean.
 * @param own What each engine has its own way for.
 */
export function storeOf(runVerb: RunVerb, find: Find, own: Pick<Store, 'readClock' | 'close'>): Store {
  const run = guarded(runVerb)
  const methods = entries.map(({ name, entry: { isolation, verb } }) => [
    name,
    (...values: never) => run(isolation, () => verb(...values), name),
  ])
  /** Two verbs, as only the first look at a token writes. */
  const findAccessToken: Store['findAccessToken'] = async (digest, now) => {
    const name = 'findAccessToken'
    const { token, isFirstSighting } = await run('read', () => tokens.findAccessToken(digest, now), name)
    return isFirstSighting ? run('write', () => tokens.seeAccessToken(digest, now), name) : token
  }
  const searchTracks: Store['searchTracks'] = async ({ query, offset, limit, viewerId }) => {
    const ids = await find('tracks', query)
    return run(
      'read',
      () => trackLists.findTracks(ids.slice(offset, offset + limit), { viewerId }),
      'searchTracks',
    )
  }
  const searchPlaylists: Store['searchPlaylists'] = async ({ query, offset, limit, viewerId, isAlbum }) => {
    const ids = await find('playlists', query)
    const found = await run(
      'read',
      () => playlistLists.findOfKind(ids, isAlbum, offset + limit, { viewerId }),
      'searchPlaylists',
    )
    return found.slice(offset)
  }
  const searchUsers: Store['searchUsers'] = async ({ query, offset, limit }) => {
    const ids = await find('users', query)
    return run('read', () => profiles.findProfiles(ids.slice(offset, offset + limit)), 'searchUsers')
  }
  // The table's type says that every verb has the arguments and the result of its method.
  const store = {
    ...Object.fromEntries(methods),
    findAccessToken,
    searchTracks,
    searchUsers,
    searchPlaylists,
    ...own,
  } as Store
  const acting = actingStore()
  const storeFor = (actor: Actor): Store => Object.assign(Object.create(acting), { actor })
  return Object.assign(store, {
    as: (actor: Actor) => storeFor(actor),
    once: (request: Once) => once(request),
  })

  /** What the stores of actors have in common. A verb is made when it is asked for, as a request asks for one or two. */
  function actingStore(): object {
    const verbOf = (make: (actor: Actor) => unknown): PropertyDescriptor => ({
      enumerable: true,
      get(this: { readonly actor: Actor }) {
        return make(this.actor)
      },
    })
    const own = audited.map(({ name, entry, audit }): [string, PropertyDescriptor] => [
      name,
      verbOf(
        (actor) =>
          (...values: never) =>
            run(entry.isolation, () => withAudit(entry.verb(...values), values, audit, actor), name),
      ),
    ])
    const withOnce = verbOf((actor) => (request: Once) => once(request, actor))
    return Object.create(store, { ...Object.fromEntries(own), once: withOnce })
  }
  function once(request: Once, actor?: Actor): Store {
    const own: Record<string, unknown> = {}
    for (const { name, entry } of made) {
      const audit = audited.find((one) => one.name === name)?.audit
      own[name] = (...values: never) =>
        run(
          'exclusive',
          () => {
            const verb = entry.verb(...values)
            const told = audit && actor ? withAudit(verb, values, audit, actor) : verb
            return withKey(told, request)
          },
          name,
        )
    }
    return Object.setPrototypeOf(own, actor ? storeFor(actor) : store)
  }
}

const entries = Object.entries<VerbEntry<never, unknown>>(verbs).map(([name, entry]) => ({
  name,
  entry: forActiveUser(name, entry),
}))

const made = entries.filter(({ name }) => creations.includes(name))

const audited = entries.flatMap(({ name, entry }) => {
  const audit = Reflect.get(audits, name) as AnyAudit | undefined
  return audit === undefined ? [] : [{ name, entry, audit }]
})
