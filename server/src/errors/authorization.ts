/**
 * Every error the wire can carry. Who sees an error is part of its type: a page until the redirect URI is proven,
 * a redirect to the app after that, JSON at the endpoints that programs call. The words are public; `reason` is for
 * the log alone, where the request id joins it to what the person saw.
 */

import { longest } from '../limits.ts'
import { catalogue } from './catalogue.ts'
import { RequestRefusal } from './oauth.ts'

/** RFC 6749 §4.1.2.1: the redirect URI is proven, so the app is told. */
export const refusedRequest = catalogue('request', {
  repeated: (name: string) =>
    new RequestRefusal('invalid_request', `${name} was sent more than once. Send it once.`),
  malformed: (name: string) =>
    new RequestRefusal(
      'invalid_request',
      `${name} is not valid percent-encoded UTF-8 without control characters.`,
    ),
  noResponseType: () =>
    new RequestRefusal('invalid_request', 'response_type is missing. Send response_type=code.'),
  responseType: () =>
    new RequestRefusal('unsupported_response_type', 'Only response_type=code is supported.'),
  responseMode: () => new RequestRefusal('invalid_request', 'response_mode must be fragment or query.'),
  display: () =>
    new RequestRefusal(
      'invalid_request',
      'display must be popup or fullScreen (or page, touch or wap, which are the same).',
    ),
  prompt: () =>
    new RequestRefusal(
      'invalid_request',
      'prompt must be none, login, consent or select_account; none stands alone.',
    ),
  noChallenge: () =>
    new RequestRefusal('invalid_request', 'code_challenge is missing: PKCE is required (RFC 7636).'),
  challenge: () =>
    new RequestRefusal(
      'invalid_request',
      'code_challenge must be BASE64URL(SHA256(code_verifier)), 43 characters.',
    ),
  challengeMethod: () => new RequestRefusal('invalid_request', 'code_challenge_method must be S256.'),
  thumbprint: () =>
    new RequestRefusal(
      'invalid_request',
      'dpop_jkt must be the SHA-256 thumbprint of a key, 43 characters of base64url (RFC 9449).',
    ),
  requestObject: (name: 'request' | 'request_uri') =>
    new RequestRefusal(`${name}_not_supported`, `${name} is not supported. Send the parameters themselves.`),
  notPushed: () =>
    new RequestRefusal(
      'invalid_request',
      'The document of this client wants requests to be pushed (RFC 9126). Push this one.',
    ),
  state: () => new RequestRefusal('invalid_request', `state is longer than ${longest.state} characters.`),
  loginHint: () =>
    new RequestRefusal('invalid_request', `login_hint is longer than ${longest.loginHint} characters.`),
  nonce: () => new RequestRefusal('invalid_request', `nonce is longer than ${longest.nonce} characters.`),
  maxAge: () => new RequestRefusal('invalid_request', 'max_age must be a whole number of seconds.'),
  scope: () => new RequestRefusal('invalid_scope', 'scope must be read or write.'),
  openIdScope: () =>
    new RequestRefusal(
      'invalid_scope',
      'scope may have the words openid, profile, email, offline_access, read and write.',
    ),
  openIdOfUnregistered: () =>
    new RequestRefusal(
      'invalid_scope',
      'An app without an api_key cannot use openid: an ID token names the client it is for. Register it.',
    ),
  scopeOfUnregistered: () =>
    new RequestRefusal(
      'invalid_scope',
      'An app without an api_key gets scope read only. Register it for write.',
    ),
  target: () =>
    new RequestRefusal('invalid_target', 'resource is none of this server. Its tokens are good here alone.'),
  denied: () => new RequestRefusal('access_denied', 'The person cancelled.'),
  loginRequired: () =>
    new RequestRefusal('login_required', 'Nobody is signed in, and prompt=none forbids asking.'),
  loginTooOld: () =>
    new RequestRefusal(
      'login_required',
      'The person signed in longer ago than max_age allows, and prompt=none forbids asking.',
    ),
  otherLogin: () =>
    new RequestRefusal(
      'login_required',
      'The person whom id_token_hint names is not the one who is signed in, and prompt=none forbids asking.',
    ),
  hint: () =>
    new RequestRefusal(
      'invalid_request',
      'id_token_hint is no ID token of this server, or so old that its key is gone. Send the request without it.',
    ),
  hintedGone: () =>
    new RequestRefusal(
      'login_required',
      'The person whom id_token_hint names has no account here any more. Send the request without it.',
    ),
  consentRequired: () =>
    new RequestRefusal('consent_required', 'The person must be asked, and prompt=none forbids it.'),
})
