import Hashids from 'hashids'
import type { User } from '../store/store.ts'

const hashids = new Hashids('azowernasdfoia', 5)

/** The public form of an integer id. */
export const encodeId = (id: number): string => hashids.encode(id)

/** The integer behind a public id; `undefined` when it is not exactly one. */
export function decodeId(text: string): number | undefined {
  if (!/^[A-Za-z0-9]{5,20}$/.test(text)) return undefined
  const [id, ...others] = hashids.decode(text)
  return typeof id === 'number' && others.length === 0 ? id : undefined
}

/** The URLs of a square image of the content store in its three sizes (pixels), by its CID. */
export function squareImage(cid: string, publicUrl: string) {
  const url = (size: string) => `${publicUrl}/content/${cid}/${size}.jpg`
  return {
    '150x150': url('150x150'),
    '480x480': url('480x480'),
    '1000x1000': url('1000x1000'),
    mirrors: [] as readonly string[],
  }
}

/** A user in the names the hosted service gives them; what exists on its chain alone is empty here. */
export function userJson(user: User, publicUrl: string) {
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
    cover_photo: null,
    cover_photo_sizes: null,
    created_at: new Date(user.createdAt).toISOString(),
    updated_at: new Date(user.updatedAt).toISOString(),
    is_deactivated: user.disabledAt !== null,
    is_available: user.disabledAt === null,
    ...counts,
    ...chainFields,
  }
}

const counts = {
  follower_count: 0,
  followee_count: 0,
  track_count: 0,
  playlist_count: 0,
  album_count: 0,
  repost_count: 0,
  supporter_count: 0,
  supporting_count: 0,
  current_user_followee_follow_count: 0,
  does_current_user_follow: false,
  does_current_user_subscribe: false,
  does_follow_current_user: false,
}

const chainFields = {
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
}
