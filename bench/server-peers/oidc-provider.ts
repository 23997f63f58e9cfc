import Provider from 'oidc-provider'
import { asked, newProof, ready, redirectUri } from './prepared.ts'
import { MemoryTable, Table } from './table.ts'

const clientId = 'some-app'
// The store that it brings keeps a thousand things and forgets logins beyond them.
const table = asked.inMemory ? new MemoryTable() : new Table(asked.folder)

/** Its adapter, one write a call, as its example adapters do it. */
class Adapter {
  readonly #model: string

  constructor(model: string) {
    this.#model = model
  }

  #key = (id: string) => `${this.#model}:${id}`

  async upsert(id: string, payload: { grantId?: string; uid?: string }, seconds?: number) {
    const ends = seconds === undefined ? undefined : Date.now() + seconds * 1000
    table.set(this.#key(id), payload, ends, payload.grantId)
  }

  async find(id: string) {
    return table.get(this.#key(id))
  }

  async findByUid() {
    return undefined
  }

  async findByUserCode() {
    return undefined
  }

  async consume(id: string) {
    const payload = table.get(this.#key(id))
    const consumed = { ...payload, consumed: Math.floor(Date.now() / 1000) }
    const grantId = payload?.['grantId']
    table.set(this.#key(id), consumed, undefined, typeof grantId === 'string' ? grantId : null)
  }

  async destroy(id: string) {
    table.remove(this.#key(id))
  }

  async revokeByGrantId(grantId: string) {
    table.removeAll(grantId)
  }
}

const provider = new Provider(`http://localhost:${asked.port}`, {
  adapter: Adapter,
  clients: [
    {
      client_id: clientId,
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  scopes: ['openid', 'offline_access', 'read'],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'picture'] },
  cookies: { keys: ['a key of the bench'] },
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
  ttl: { AccessToken: 3600, AuthorizationCode: 600, RefreshToken: 30 * 86_400, Grant: 30 * 86_400 },
  findAccount: async (_context: unknown, id: string) => ({
    accountId: id,
    claims: async () => ({ sub: id, name: 'Some Person', preferred_username: 'load_person' }),
  }),
})

async function known() {
  const found = await provider.Client.find(clientId)
  if (found === undefined) throw new Error('Its client is not known.')
  return found
}
const client = await known()
const accountId = 'load_person'

/** Its own models mint what a login that was allowed would end with. */
async function grantOf(scope: string): Promise<string> {
  const grant = new provider.Grant({ accountId, clientId })
  grant.addOIDCScope(scope)
  return grant.save()
}

// Without `openid` no ID token is signed at each step, as ours signs none either.
const scope = 'read offline_access'

async function mint(codeChallenge: string): Promise<string> {
  const code = new provider.AuthorizationCode({
    ...{ accountId, client, grantId: await grantOf(scope), scope, redirectUri, gty: 'authorization_code' },
    ...{ codeChallenge, codeChallengeMethod: 'S256', authTime: Math.floor(Date.now() / 1000) },
  })
  return code.save()
}

const query = new URLSearchParams({
  ...{
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid',
    state: 'a state',
  },
  ...{ code_challenge: newProof().codeChallenge, code_challenge_method: 'S256' },
})
const token = new provider.AccessToken({
  ...{
    accountId,
    client,
    grantId: await grantOf('openid profile'),
    scope: 'openid profile',
    gty: 'authorization_code',
  },
})
const accessToken = await token.save()
provider.listen(asked.port, '127.0.0.1', () =>
  ready(
    {
      ...{ clientId, redirectUri, accessToken, authorize: { path: `/auth?${query}`, status: 303 } },
      ...{ tokenPath: '/token', profilePath: '/me', revokePath: '/token/revocation' },
    },
    mint,
  ),
)
