import type { KeyHolder, ProofChanges } from '@stagedoor/testkit/key-holder'
import {
  type Answer,
  type App,
  type Changes,
  encoded,
  expectOAuthError,
  get,
  type Login,
  post,
} from '@stagedoor/testkit/wire-app'

const form = 'application/x-www-form-urlencoded'

/** Posts to the token endpoint with a proof. */
export async function prove(
  app: App,
  holder: KeyHolder,
  body: Changes,
  changes?: ProofChanges,
): Promise<Answer> {
  const url = `${app.issuer}/v1/oauth/token`
  const answer = await post(url, encoded(body), form, {
    dpop: await holder.prove('POST', url, undefined, changes),
  })
  holder.heard(answer)
  return answer
}

/** The body of a refresh. */
export const refreshOf = (app: App, token: string): Changes => ({
  grant_type: 'refresh_token',
  refresh_token: token,
  client_id: app.apiKey,
})

/** An exchange with a proof, which the first answer's nonce makes good. */
export async function exchange(app: App, holder: KeyHolder, login: Login): Promise<Answer> {
  if (holder.nonce === undefined)
    expectOAuthError(await prove(app, holder, app.exchangeOf(login)), 400, 'use_dpop_nonce')
  return prove(app, holder, app.exchangeOf(login))
}

/** Calls the profile endpoint with a bound token. */
export async function me(
  at: string,
  holder: KeyHolder,
  token: string,
  changes?: ProofChanges,
  scheme = 'DPoP',
): Promise<Answer> {
  const url = `${at}/v1/me`
  const dpop = await holder.prove('GET', url, token, changes)
  return get(url, { authorization: `${scheme} ${token}`, dpop })
}
