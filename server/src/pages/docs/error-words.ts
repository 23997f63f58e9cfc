import type { ErrorWords } from './error-docs.tsx'

const authorization = 'The authorization page'
const tokens = 'The token endpoint'
const api = 'The API'

/** Every code that a developer can meet in the log of an app. */
export const errorWords: readonly ErrorWords[] = [
  {
    code: 'invalid_request',
    where: 'Everywhere',
    means: 'A parameter is missing, sent twice, or not in its form. Its description names it.',
    next: 'Compare what your app sends with the description. An unregistered redirect URI is one of these: register it exactly as it is sent.',
  },
  {
    code: 'invalid_client',
    where: `${authorization}, ${tokens.toLowerCase()}`,
    means: 'The API key belongs to no app here, or the app tried to prove itself with a secret.',
    next: 'Copy the API key from your app’s page. Apps are public: send client_id, and no secret.',
  },
  {
    code: 'unauthorized_client',
    where: authorization,
    means: 'The app is suspended: nobody can log in to it, and its tokens have ended.',
    next: 'Ask whoever runs the server why, and to resume it.',
  },
  {
    code: 'invalid_scope',
    where: `${authorization}, ${tokens.toLowerCase()}`,
    means: 'scope is neither read nor write, or more than was allowed.',
    next: 'Ask for read or write. An app without an API key gets read alone.',
  },
  {
    code: 'invalid_target',
    where: `${authorization}, ${tokens.toLowerCase()}`,
    means: 'resource names another server than this one.',
    next: 'Leave resource out, or send the address that /.well-known/oauth-protected-resource names.',
  },
  {
    code: 'invalid_request_uri',
    where: authorization,
    means: 'A request that was sent ahead has expired, or was sent to another server.',
    next: 'Send it again, and begin the login with the request_uri that comes back.',
  },
  {
    code: 'invalid_dpop_proof',
    where: `${tokens}, ${api.toLowerCase()}`,
    means:
      'The DPoP header proves nothing: it is missing, not whole, for another request, or was used before.',
    next: 'Make a proof for each request, with its method and address, as the description says. If the app does not prove keys, switch “Bind tokens to keys” off on its page.',
  },
  {
    code: 'use_dpop_nonce',
    where: `${tokens}, ${api.toLowerCase()}`,
    means: 'The proof has no nonce of this server, or an old one.',
    next: 'Make it again with the nonce of the DPoP-Nonce header. Libraries do so by themselves.',
  },
  {
    code: 'authorization_pending',
    where: tokens,
    means: 'The person has not answered the login of a device yet.',
    next: 'Ask again after the interval that the device was given.',
  },
  {
    code: 'slow_down',
    where: tokens,
    means: 'A device asks more often than its interval allows.',
    next: 'Wait five seconds longer between two questions from now on.',
  },
  {
    code: 'expired_token',
    where: tokens,
    means: 'The login of a device was not answered in time.',
    next: 'Begin another, and show its code.',
  },
  {
    code: 'unsupported_response_type',
    where: authorization,
    means: 'Another response_type than code was asked for.',
    next: 'Send response_type=code. Tokens come from the token endpoint alone.',
  },
  {
    code: 'request_not_supported',
    where: authorization,
    means: 'The parameters were sent as a request object.',
    next: 'Send the parameters themselves.',
  },
  {
    code: 'request_uri_not_supported',
    where: authorization,
    means: 'The parameters were sent as the address of a request object.',
    next: 'Send the parameters themselves.',
  },
  {
    code: 'access_denied',
    where: `${authorization}, ${api.toLowerCase()}`,
    means: 'The person cancelled; or, at the API, the call is for somebody else than the token’s user.',
    next: 'Offer the login again, and leave it at that. At the API, act for the token’s own user.',
  },
  {
    code: 'login_required',
    where: authorization,
    means: 'Nobody is signed in, and prompt=none forbids asking.',
    next: 'Log in again without prompt=none. In a silent check, it is the answer no.',
  },
  {
    code: 'consent_required',
    where: authorization,
    means: 'The person has to be asked, and prompt=none forbids it.',
    next: 'Log in again without prompt=none. In a silent check, it is the answer no.',
  },
  {
    code: 'invalid_grant',
    where: tokens,
    means: 'The code or refresh token is unknown, expired, used before, revoked, or of another login.',
    next: 'Start the login again. If the reason is PKCE, keep the code_verifier with the state it was made for; if it is reuse, make one request for each code and one refresh at a time.',
  },
  {
    code: 'unsupported_grant_type',
    where: tokens,
    means: 'grant_type is neither authorization_code nor refresh_token.',
    next: 'Send one of the two.',
  },
  {
    code: 'invalid_token',
    where: api,
    means: 'There is no access token, or it is expired, revoked or unknown.',
    next: 'Refresh once and repeat the call. If that fails, log in again.',
  },
  {
    code: 'insufficient_scope',
    where: api,
    means:
      'The call writes, and the token may only read; or it is about apps, and the token is that of an app.',
    next: 'Log in with scope=write. For apps, make a management token on the developer portal.',
  },
  {
    code: 'email_not_confirmed',
    where: api,
    means: 'The user has not confirmed their email, and creates an app or publishes a track.',
    next: 'Ask the user to open the link in their mail, or to get another in their account; then repeat the call.',
  },
  {
    code: 'not_found',
    where: api,
    means: 'There is no such thing, or it is not the caller’s to see.',
    next: 'Check the id.',
  },
  {
    code: 'too_many_requests',
    where: api,
    means: 'The app is beyond the limits of its plan, or an address without a token is too fast.',
    next: 'Wait as long as Retry-After says. Spread calls out, and keep answers that do not change.',
  },
  {
    code: 'quota_exceeded',
    where: 'Uploads',
    means: 'The open uploads of this user or network would be larger together than is allowed.',
    next: 'Finish or delete some, then begin this one.',
  },
  {
    code: 'temporarily_unavailable',
    where: 'Everywhere',
    means: 'The server cannot store anything right now.',
    next: 'Repeat the request after Retry-After. Keep the session.',
  },
  {
    code: 'server_error',
    where: 'Everywhere',
    means: 'The fault is in the server.',
    next: 'Try again. If it happens twice, tell whoever runs the server the request id.',
  },
]
