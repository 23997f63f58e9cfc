import { abortable } from './abort.ts'
import { authorized } from './authorized.ts'
import type { Refusal } from './client.ts'
import type { SessionContext } from './context.ts'
import { failure } from './errors.ts'
import { fields, number, text } from './fields.ts'

/** An image's URLs by size, each also under the name that `@audius/sdk` gives it. */
export type Image<Size extends string> = { readonly [Name in Size | `_${Size}`]?: string } & {
  /** Other hosts that serve the same paths. */
  readonly mirrors: readonly string[]
}

/** Who is logged in. */
export interface User {
  /** The user's id as the API's paths take it. */
  readonly id: string
  /** The same id as a number. */
  readonly userId: number
  /** The name to show. */
  readonly name: string
  /** The unique handle, without `@`. */
  readonly handle: string
  /** Whether Audius vouches for the artist. */
  readonly verified: boolean
  /** The same under the name that `@audius/sdk` gives it. */
  readonly isVerified: boolean
  /** Absent when there is none. */
  readonly profilePicture?: Image<'150x150' | '480x480' | '1000x1000'> | undefined
  /** Absent when there is none. */
  readonly coverPhoto?: Image<'640x' | '2000x'> | undefined
  /** In the person's own words. */
  readonly bio?: string | undefined
  /** In the person's own words. */
  readonly location?: string | undefined
  /** In the person's own words: it need not be a URL. */
  readonly website?: string | undefined
  /** How many follow the person. */
  readonly followerCount: number
  /** How many the person follows. */
  readonly followeeCount: number
  /** How many public tracks there are. */
  readonly trackCount: number
  /** How many public playlists there are. */
  readonly playlistCount: number
}

function image(value: unknown): Image<never> | undefined {
  const { mirrors, ...sizes } = fields(value)
  const urls = Object.entries(sizes).flatMap(([size, url]) =>
    text(url) ? [[size, url] as const, [`_${size}`, url] as const] : [],
  )
  if (!urls.length) return undefined
  return { ...Object.fromEntries(urls), mirrors: Array.isArray(mirrors) ? mirrors.filter(text) : [] }
}

/** Reads `/me`: the profile at the top, the full user under `data`. */
function userOf(me: Readonly<Record<string, unknown>>): User {
  const { data, userId, verified, profilePicture } = me
  const user = fields(data)
  const { id, user_id, is_verified, profile_picture, cover_photo, bio, location, website } = user
  const { follower_count, followee_count, track_count, playlist_count } = user
  const both = { ...user, ...me }
  const name = text(both['name'])
  const handle = text(both['handle'])
  const numericId = number(userId ?? user_id)
  if (!name || !handle || numericId === undefined) throw failure('invalid_answer')
  const isVerified = (verified ?? is_verified) === true
  return {
    id: text(id) ?? String(numericId),
    userId: numericId,
    name,
    handle,
    verified: isVerified,
    isVerified,
    profilePicture: image(profilePicture ?? profile_picture),
    coverPhoto: image(cover_photo),
    bio: text(bio),
    location: text(location),
    website: text(website),
    followerCount: number(follower_count) ?? 0,
    followeeCount: number(followee_count) ?? 0,
    trackCount: number(track_count) ?? 0,
    playlistCount: number(playlist_count) ?? 0,
  }
}

const refusal: Refusal = (status) => (status === 401 ? 'unauthorized' : 'request_refused')

/** The profile of who is logged in when it arrives, from the server every time. */
export async function getUser(context: SessionContext, signal: AbortSignal | undefined): Promise<User> {
  const { session, client } = context
  const ask = (accessToken: string) =>
    client.request('/me', { headers: { authorization: `Bearer ${accessToken}` } }, refusal)
  const login = session.login()
  const user = userOf(await abortable(signal, () => authorized(session, ask)))
  // Another person may have logged in meanwhile, in any tab: this is about the one before.
  return login === session.login() ? user : getUser(context, signal)
}
