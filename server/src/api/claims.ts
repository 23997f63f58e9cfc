import type { Claims, OpenId } from '../oauth/openid/id-token.ts'
import type { SigningKeys } from '../oauth/openid/signing-keys.ts'
import type { Identity, Store } from '../store/contract/store.ts'
import { decodeId, encodeId } from './ids.ts'
import { squareImage } from './user.ts'

/** OpenID Connect over the people of a store. */
export const openId = (
  keys: SigningKeys,
  deps: { readonly store: Store; readonly issuer: string },
): OpenId => ({
  keys,
  subjectOf: encodeId,
  userIdOf: decodeId,
  claimsOf: (identity) => claimsOf(identity, deps),
  useOf: (apiKey) => deps.store.findIdTokenUse(apiKey),
})

/**
 * What an app may be told of a person (OpenID Connect Core §5.1, §5.4): an email only while it is confirmed.
 * @returns undefined where the person has gone
 */
export async function claimsOf(
  { userId, profile, email }: Pick<Identity, 'profile' | 'email'> & { readonly userId: number },
  { store, issuer }: { readonly store: Pick<Store, 'findProfile'>; readonly issuer: string },
): Promise<Claims | undefined> {
  const user = await store.findProfile(userId)
  if (user === undefined) return undefined
  return {
    sub: encodeId(user.id),
    ...(profile && {
      name: user.name,
      preferred_username: user.handle,
      ...(user.profilePicture !== null && { picture: squareImage(user.profilePicture, issuer)['480x480'] }),
      ...(user.website !== null && { website: user.website }),
      updated_at: Math.floor(user.updatedAt / 1000),
    }),
    ...(email && user.emailStatus === 'confirmed' && { email: user.email, email_verified: true }),
  }
}
