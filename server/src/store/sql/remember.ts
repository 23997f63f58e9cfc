import type { AccessToken, Profile, Store } from '../contract/store.ts'

/** Which writes make a value that was read and remembered stale. */
export interface DependsOn {
  /** Tables in which a row that is changed or deleted makes the value stale; their counts alone where `countsOf` names them. */
  readonly changed: readonly string[]
  /** Tables in which a new row makes the value stale. */
  readonly added: readonly string[]
}

/** The counts in a table's rows: who saves or follows changes nothing else, and nothing that a login stands on. */
export const countsOf = (table: string): string => `${table}.counts`

/** Follows writes, of every node: the function it answers gives another number once a write has made the value stale. */
export type EpochOf = (dependsOn: DependsOn) => () => number

/**
 * What a live access token depends on. Its own row changes only by being seen, which a token that is remembered has been,
 * and is deleted once it has expired, or with its family.
 */
export const tokenDependsOn: DependsOn = { changed: ['users', 'families', 'apps'], added: [] }

/** What a profile is read from. */
export const profileDependsOn: DependsOn = {
  changed: ['users', countsOf('users'), 'tracks', 'playlists'],
  added: ['tracks', 'playlists'],
}

const mostTokens = 20_000
const mostProfiles = 5_000

type Reads = Pick<Store, 'findAccessToken' | 'findProfile'>

/** The reads that nearly every call makes, answered from memory until something they depend on is written. */
export function remembering(store: Reads, epochOf: EpochOf): Reads {
  const tokens = memory<string, AccessToken>(epochOf(tokenDependsOn), mostTokens)
  const profiles = memory<number, Profile>(epochOf(profileDependsOn), mostProfiles)
  return {
    async findAccessToken(digest, now) {
      const key = Buffer.from(digest).toString('latin1')
      const known = tokens.recall(key)
      if (known !== undefined && known.expiresAt > now) return known
      return tokens.keep(key, () => store.findAccessToken(digest, now))
    },
    async findProfile(userId) {
      return profiles.recall(userId) ?? profiles.keep(userId, () => store.findProfile(userId))
    },
  }
}

/** Answers by key, each as of an epoch; the oldest are forgotten when there are too many. */
function memory<K, V>(epoch: () => number, most: number) {
  const kept = new Map<K, { readonly value: V; readonly epoch: number }>()
  return {
    recall(key: K): V | undefined {
      const one = kept.get(key)
      return one?.epoch === epoch() ? one.value : undefined
    },
    async keep(key: K, read: () => Promise<V | undefined>): Promise<V | undefined> {
      // Taken before the read: what is written meanwhile makes the answer one of before.
      const asOf = epoch()
      const value = await read()
      kept.delete(key)
      if (value !== undefined) kept.set(key, { value, epoch: asOf })
      if (kept.size > most)
        for (const oldest of kept.keys()) {
          kept.delete(oldest)
          break
        }
      return value
    },
  }
}
