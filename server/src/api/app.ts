import { type Static, Type } from 'typebox'
import type { App } from '../store/contract/store.ts'
import { encodeId } from './ids.ts'
import { squareImage } from './user.ts'

const text = Type.String()

const publicFacts = {
  address: Type.String({ description: 'The API key.' }),
  user_id: Type.Union([text, Type.Null()], { description: 'The public id of its owner.' }),
  name: Type.String({ description: 'The name to show.' }),
  description: Type.Union([text, Type.Null()], { description: 'What it says of itself.' }),
  image_url: Type.Union([text, Type.Null()], {
    description: 'The URL of its logo, 480 pixels wide and high.',
  }),
  dpop_bound_access_tokens: Type.Optional(
    Type.Boolean({
      description:
        'True where its tokens are good with proofs of a key alone (RFC 9449); left out elsewhere.',
    }),
  ),
  redirect_uris: Type.Array(text, { description: 'Where its logins may end.' }),
}

/** What everyone may know of an app. */
export const AppSchema = Type.Object(publicFacts, {
  title: 'DeveloperApp',
  description: 'An app that people may log in to.',
})

/** An app as everyone may know it. */
export const appJson = (
  { apiKey, ownerId, name, description, logo, bindsTokens, redirectUris }: App,
  publicUrl: string,
): Static<typeof AppSchema> => ({
  address: apiKey,
  user_id: ownerId === null ? null : encodeId(ownerId),
  name,
  description,
  image_url: logo === null ? null : squareImage(logo, publicUrl)['480x480'],
  ...(bindsTokens && { dpop_bound_access_tokens: true }),
  redirect_uris: [...redirectUris],
})
