import type { Static } from 'typebox'
import type { AccessToken, Profile, Relation } from '../store/contract/store.ts'
import { encodeId } from './ids.ts'
import type { ApiDeps } from './resource.ts'
import type { Backdrop, SquareImage, UserSchema } from './user-schema.ts'

/** The URLs of a square image of the content store in its three sizes (pixels), by its CID. */
export function squareImage(cid: string, publicUrl: string): Static<typeof SquareImage> {
  const url = (size: string) => `${publicUrl}/content/${cid}/${size}.jpg`
  return {
    '150x150': url('150x150'),
    '480x480': url('480x480'),
    '1000x1000': url('1000x1000'),
    mirrors: [],
  }
}

/** The URLs of a wide image of the content store, by its CID. */
export const backdrop = (cid: string, publicUrl: string): Static<typeof Backdrop> => ({
  '640x': `${publicUrl}/content/${cid}/640x.jpg`,
  '2000x': `${publicUrl}/content/${cid}/2000x.jpg`,
  mirrors: [],
})

/** A user in the names the hosted service gives them; what exists on its chain alone is empty here. */
export function userJson(
  user: Profile,
  publicUrl: string,
  relation: Relation = strangers,
): Static<typeof UserSchema> {
  const { id, handle, name, bio, location, website, isVerified } = user
  return {
    id: encodeId(id),
    user_id: id,
    handle,
    handle_lc: handle.toLowerCase(),
    name,
    bio,
    location,
    website,
    is_verified: isVerified,
    profile_picture: user.profilePicture === null ? null : squareImage(user.profilePicture, publicUrl),
    profile_picture_sizes: user.profilePicture,
    cover_photo: user.coverPhoto === null ? null : backdrop(user.coverPhoto, publicUrl),
    cover_photo_sizes: user.coverPhoto,
    track_count: user.trackCount,
    playlist_count: user.playlistCount,
    album_count: user.albumCount,
    follower_count: user.followerCount,
    followee_count: user.followeeCount,
    repost_count: user.repostCount,
    does_current_user_follow: relation.isFollowed,
    does_follow_current_user: relation.isFollower,
    created_at: new Date(user.createdAt).toISOString(),
    updated_at: new Date(user.updatedAt).toISOString(),
    is_deactivated: user.disabledAt !== null,
    is_available: user.disabledAt === null,
    ...empty,
  }
}

/** Users as a caller sees them. */
export async function usersJson(
  users: readonly Profile[],
  caller: AccessToken | null,
  { store, issuer }: Pick<ApiDeps, 'store' | 'issuer'>,
): Promise<Static<typeof UserSchema>[]> {
  const ids = users.map(({ id }) => id)
  const relations = caller === null ? null : await store.findRelations(caller.user.id, ids)
  return users.map((user) => userJson(user, issuer, relations?.get(user.id)))
}

/** A user as a caller sees them. */
export async function oneUserJson(
  user: Profile,
  caller: AccessToken | null,
  deps: Pick<ApiDeps, 'store' | 'issuer'>,
): Promise<Static<typeof UserSchema>> {
  const relations = caller === null ? null : await deps.store.findRelations(caller.user.id, [user.id])
  return userJson(user, deps.issuer, relations?.get(user.id))
}

const strangers: Relation = { isFollowed: false, isFollower: false }

const empty = {
  supporter_count: 0,
  supporting_count: 0,
  current_user_followee_follow_count: 0,
  does_current_user_subscribe: false,
  wallet: null,
  erc_wallet: null,
  spl_wallet: null,
  spl_usdc_wallet: null,
  spl_usdc_payout_wallet: null,
  balance: '0',
  associated_wallets_balance: '0',
  associated_sol_wallets_balance: '0',
  total_balance: '0',
  waudio_balance: '0',
  total_audio_balance: 0,
  blocknumber: 0,
  is_storage_v2: true,
  has_collectibles: false,
  allow_ai_attribution: false,
  artist_pick_track_id: null,
  artist_coin_badge: null,
  coin_flair_mint: null,
  creator_node_endpoint: null,
  playlist_library: null,
  twitter_handle: null,
  instagram_handle: null,
  tiktok_handle: null,
  verified_with_twitter: false,
  verified_with_instagram: false,
  verified_with_tiktok: false,
  donation: null,
  profile_type: null,
} as const
