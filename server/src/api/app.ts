import { type Static, Type } from 'typebox'
import type { App } from '../store/contract/store.ts'
import { encodeId } from './ids.ts'
import { squareImage } from './user.ts'

const text = Type.String()

const maybe = (description: string) => Type.Union([text, Type.Null()], { description })

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
  client_uri: maybe('Its website.'),
  tos_uri: maybe('Its terms of service.'),
  policy_uri: maybe('Its privacy policy.'),
  contact: maybe('Whom its people write to: an email address, or the address of a page.'),
  redirect_uris: Type.Array(text, {
    description: 'Where its logins may end: those for development and those for production.',
  }),
}

/** What everyone may know of an app. */
export const AppSchema = Type.Object(publicFacts, {
  title: 'DeveloperApp',
  description: 'An app that people may log in to.',
})

/** An app as everyone may know it. */
export const appJson = (
  { apiKey, ownerId, name, description, logo, bindsTokens, facts, redirectUris }: App,
  publicUrl: string,
): Static<typeof AppSchema> => ({
  address: apiKey,
  user_id: ownerId === null ? null : encodeId(ownerId),
  name,
  description,
  image_url: logo === null ? null : squareImage(logo, publicUrl)['480x480'],
  ...(bindsTokens && { dpop_bound_access_tokens: true }),
  client_uri: facts.clientUri,
  tos_uri: facts.tosUri,
  policy_uri: facts.policyUri,
  contact: facts.contact,
  redirect_uris: [...redirectUris],
})
