/** What is searched for. */
export type SearchKind = 'tracks' | 'users' | 'playlists'

/** How many are found at most: whoever wants others says more precisely what they look for. */
export const mostFound = 500

/**
 * Finds what a text may mean, the likeliest first: their ids, `mostFound` at most. Words are found in any order, by the
 * beginning of the last one, however they are accented, cased and punctuated, and with small mistakes where little else is
 * found. Tracks and playlists are also found by who made them, tracks by their tags; what is unlisted, deleted or of a
 * disabled user is not.
 *
 * An engine's own: it reads what the verbs write of every track, user and playlist (`search/documents.ts`), and must not
 * hold up whatever else is asked meanwhile. Rejects with `StoreUnavailable` when it cannot say in time.
 */
export type Find = (kind: SearchKind, text: string) => Promise<readonly number[]>
