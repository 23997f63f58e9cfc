import { type Check, expected, objectOf, skipped } from './check.ts'

const required = [
  ...['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri', 'response_types_supported'],
  ...['subject_types_supported', 'id_token_signing_alg_values_supported'],
]

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** What a server says of itself (OpenID Connect Discovery, RFC 8414). */
export const discoveryChecks: readonly Check[] = [
  {
    id: 'oidcc-discovery-issuer',
    about: 'the metadata names the issuer that it was asked of',
    run: async ({ issuer, metadata }) =>
      expected(metadata['issuer'] === issuer, `issuer is ${JSON.stringify(metadata['issuer'])}`),
  },
  {
    id: 'oidcc-discovery-required',
    about: 'the metadata has what every provider must say',
    run: async ({ metadata }) => {
      const missing = required.filter((name) => metadata[name] === undefined)
      return expected(missing.length === 0, `it lacks ${missing.join(', ')}`)
    },
  },
  {
    id: 'discovery-pkce',
    about: 'PKCE by S256 is offered',
    run: async ({ metadata }) =>
      expected(
        listOf(metadata['code_challenge_methods_supported']).includes('S256'),
        'code_challenge_methods_supported does not name S256, so that clients do without',
      ),
  },
  {
    id: 'discovery-iss',
    about: 'authorization responses say who they are from (RFC 9207)',
    run: async ({ metadata }) =>
      expected(
        metadata['authorization_response_iss_parameter_supported'] === true,
        'authorization_response_iss_parameter_supported is not true: a client of several servers can be sent to another’s',
      ),
  },
  {
    id: 'oidcc-server-jwks',
    about: 'the keys are public, and each has a name',
    run: async ({ metadata }) => {
      if (typeof metadata['jwks_uri'] !== 'string') return skipped('there is no jwks_uri')
      const keys = listOf(objectOf(await (await fetch(metadata['jwks_uri'])).text())['keys'])
      const isPublic = (key: unknown) =>
        typeof key === 'object' && key !== null && 'kid' in key && !('d' in key) && !('k' in key)
      return expected(
        keys.length > 0 && keys.every(isPublic),
        'there is none, one has no kid, or one has its private half',
      )
    },
  },
]
