import { failure } from '../errors/errors.ts'
import { abortable, type CallOptions } from '../http/abort.ts'
import type { Tokens } from '../http/client.ts'
import { fields } from '../http/fields.ts'
import type { Platform } from '../platform/platform.ts'
import {
  authorizationUrl,
  type LoginOptions,
  redirectUriOf,
  transactionOf,
} from '../protocol/authorization-request.ts'
import { answerIn } from '../protocol/authorization-response.ts'
import { codeGrant, codeOf } from '../protocol/code.ts'
import { parseTransaction, type Transaction } from '../protocol/transaction.ts'
import type { LoginContext } from '../session/context.ts'

/** What an authorization asks for. */
export type AuthorizationOptions = Pick<LoginOptions, 'scope' | 'redirectUri' | 'prompt' | 'loginHint'>

/** Logging in through a server, which keeps the login in flight and the tokens in its user's own session. */
export interface ServerSide {
  /**
   * Begins a login: send the person to the URL, and keep the transaction, which is secret JSON, in their session. The
   * answer comes in the query of the redirect URI.
   *
   * @param options What it asks for; scope `read` by default.
   * @throws ConfigurationError `missing_redirect_uri`, `missing_client`, `scope_needs_api_key`, `no_secure_random`.
   */
  createAuthorizationUrl(options?: AuthorizationOptions): {
    /** The authorization request (RFC 6749 §4.1.1). */
    readonly url: string
    /** What `exchangeCode` takes back. */
    readonly transaction: Transaction
  }
  /**
   * Redeems the code of an answer (RFC 6749 §4.1.3) and answers the tokens, which are kept nowhere. Forget the
   * transaction first: a code that is presented twice ends what it was redeemed for.
   *
   * @param callbackUrl The URL that the person came back to, or its path and query.
   * @param transaction What the session of this person kept, of whatever shape.
   * @param options `signal`: ends the wait with `request_aborted`, not the exchange.
   * @throws LoginError `state_mismatch` when the URL holds no answer to this transaction (RFC 6749 §10.12);
   *   `issuer_mismatch` (RFC 9207); or the server's refusal, such as `access_denied`.
   * @throws OAuthError, NetworkError or ApiError when the code could not be exchanged.
   */
  exchangeCode(callbackUrl: string | URL, transaction: unknown, options?: CallOptions): Promise<Tokens>
}

export function serverSideOf({ app, platform, client }: LoginContext<Platform>): ServerSide {
  return {
    createAuthorizationUrl: (options = {}) => {
      const redirectUri = redirectUriOf(app, options)
      const transaction = transactionOf(app, options, platform, redirectUri, 'page')
      // A fragment never reaches a server.
      return { url: authorizationUrl(app, { ...options, responseMode: 'query' }, transaction), transaction }
    },
    exchangeCode: (callbackUrl, kept, { signal } = {}) =>
      abortable(signal, async () => {
        const answer = answerIn(String(callbackUrl))?.answer
        const record = fields(kept)
        const transaction =
          answer?.state === record['state'] && answer && parseTransaction(answer.state, record)
        if (!transaction) throw failure('state_mismatch')
        return client.token(codeGrant(await codeOf(answer, app.issuer), transaction))
      }),
  }
}
