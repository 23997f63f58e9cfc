import { Type } from 'typebox'

const text = Type.String()
const count = Type.Integer({ minimum: 0 })
const maybe = <T extends ReturnType<typeof Type.String> | typeof SquareImage | typeof Backdrop>(schema: T) =>
  Type.Union([schema, Type.Null()])
const zero = Type.Literal(0)
const nothing = Type.Null()
const no = Type.Literal(false)

const mirrors = Type.Array(text, { description: 'Always empty: there is one server.' })

export const SquareImage = Type.Object(
  { '150x150': text, '480x480': text, '1000x1000': text, mirrors },
  { title: 'SquareImage', description: 'URLs of a square image, by its size in pixels.' },
)

export const Backdrop = Type.Object(
  { '640x': text, '2000x': text, mirrors },
  { title: 'Backdrop', description: 'URLs of a wide image, by its width in pixels.' },
)

/** What exists on the hosted service's chain alone, and what is not counted here, is there and empty. */
const empty = {
  follower_count: zero,
  followee_count: zero,
  playlist_count: zero,
  album_count: zero,
  repost_count: zero,
  supporter_count: zero,
  supporting_count: zero,
  current_user_followee_follow_count: zero,
  does_current_user_follow: no,
  does_current_user_subscribe: no,
  does_follow_current_user: no,
  wallet: nothing,
  erc_wallet: nothing,
  spl_wallet: nothing,
  spl_usdc_wallet: nothing,
  spl_usdc_payout_wallet: nothing,
  balance: Type.Literal('0'),
  associated_wallets_balance: Type.Literal('0'),
  associated_sol_wallets_balance: Type.Literal('0'),
  total_balance: Type.Literal('0'),
  waudio_balance: Type.Literal('0'),
  total_audio_balance: zero,
  blocknumber: zero,
  is_storage_v2: Type.Literal(true),
  has_collectibles: no,
  allow_ai_attribution: no,
  artist_pick_track_id: nothing,
  artist_coin_badge: nothing,
  coin_flair_mint: nothing,
  creator_node_endpoint: nothing,
  playlist_library: nothing,
  twitter_handle: nothing,
  instagram_handle: nothing,
  tiktok_handle: nothing,
  verified_with_twitter: no,
  verified_with_instagram: no,
  verified_with_tiktok: no,
  donation: nothing,
  profile_type: nothing,
}

export const UserSchema = Type.Object(
  {
    id: Type.String({ description: 'The public id.' }),
    user_id: Type.Integer({ description: 'The same id as a number.' }),
    handle: text,
    handle_lc: Type.String({ description: 'The handle in lower case.' }),
    name: text,
    bio: maybe(text),
    location: maybe(text),
    website: maybe(text),
    is_verified: Type.Boolean(),
    profile_picture: maybe(SquareImage),
    profile_picture_sizes: maybe(text),
    cover_photo: maybe(Backdrop),
    cover_photo_sizes: maybe(text),
    track_count: count,
    created_at: Type.String({ format: 'date-time' }),
    updated_at: Type.String({ format: 'date-time' }),
    is_deactivated: Type.Boolean(),
    is_available: Type.Boolean(),
    ...empty,
  },
  { title: 'User' },
)
