import { Type } from 'typebox'

const text = Type.String()
const maybe = <T extends ReturnType<typeof Type.String> | typeof SquareImage | typeof Backdrop>(
  schema: T,
  description: string,
) => Type.Union([schema, Type.Null()], { description })
const instant = (description: string) => Type.String({ format: 'date-time', description })
const count = (description: string) => Type.Integer({ minimum: 0, description })
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
  supporter_count: zero,
  supporting_count: zero,
  current_user_followee_follow_count: zero,
  does_current_user_subscribe: no,
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
    handle: Type.String({ description: 'Unique, without @, as the person spells it.' }),
    handle_lc: Type.String({ description: 'The handle in lower case.' }),
    name: Type.String({ description: 'The name to show.' }),
    bio: maybe(text, 'In the person’s own words.'),
    location: maybe(text, 'In the person’s own words.'),
    website: maybe(text, 'A URL that the person names.'),
    is_verified: Type.Boolean({ description: 'Whether the artist is vouched for.' }),
    profile_picture: maybe(SquareImage, 'The person’s picture.'),
    profile_picture_sizes: maybe(text, 'The CID of the picture.'),
    cover_photo: maybe(Backdrop, 'The banner of the profile.'),
    cover_photo_sizes: maybe(text, 'The CID of the banner.'),
    track_count: Type.Integer({ minimum: 0, description: 'How many tracks are listed.' }),
    playlist_count: count('How many playlists are public.'),
    album_count: count('How many albums are public.'),
    follower_count: count('How many follow them.'),
    followee_count: count('How many they follow.'),
    repost_count: count('How many tracks and playlists they have reposted.'),
    does_current_user_follow: Type.Boolean({
      description: 'Whether whoever asks for users follows them; false for the artist inside of a track.',
    }),
    does_follow_current_user: Type.Boolean({
      description: 'Whether they follow whoever asks for users; false for the artist inside of a track.',
    }),
    created_at: instant('When the account was opened.'),
    updated_at: instant('When the profile was last changed.'),
    is_deactivated: Type.Boolean({ description: 'Whether the account is closed.' }),
    is_available: Type.Boolean({ description: 'Whether the profile may be shown.' }),
    ...empty,
  },
  { title: 'User', description: 'Somebody with an account.' },
)
