import {
  AuthorizationNotifier,
  AuthorizationRequest,
  AuthorizationServiceConfiguration,
  BaseTokenRequestHandler,
  BasicQueryStringUtils,
  DefaultCrypto,
  FetchRequestor,
  LocalStorageBackend,
  RedirectRequestHandler,
  TokenRequest,
} from '@openid/appauth'

/** What the redirect answers stands in the query here: the library looks into the fragment by itself. */
class QueryUtils extends BasicQueryStringUtils {
  parse(location) {
    return super.parse(location, false)
  }
}

const requestor = new FetchRequestor()
const service = await AuthorizationServiceConfiguration.fetchFromIssuer(config.issuer, requestor)
const handler = new RedirectRequestHandler(
  new LocalStorageBackend(),
  new QueryUtils(),
  location,
  new DefaultCrypto(),
)
const notifier = new AuthorizationNotifier()
handler.setAuthorizationNotifier(notifier)
notifier.setAuthorizationListener(async (request, response) => {
  if (!response) return
  const tokens = await new BaseTokenRequestHandler(requestor).performTokenRequest(
    service,
    new TokenRequest({
      client_id: config.apiKey,
      redirect_uri: config.redirectUri,
      grant_type: 'authorization_code',
      code: response.code,
      extras: { code_verifier: request.internal.code_verifier },
    }),
  )
  const answer = await fetch(service.userInfoEndpoint, {
    headers: { authorization: `Bearer ${tokens.accessToken}` },
  })
  document.querySelector('output').textContent = (await answer.json()).preferred_username
})
document.querySelector('button').onclick = () =>
  handler.performAuthorizationRequest(
    service,
    new AuthorizationRequest({
      client_id: config.apiKey,
      redirect_uri: config.redirectUri,
      scope: 'openid profile',
      response_type: AuthorizationRequest.RESPONSE_TYPE_CODE,
    }),
  )
await handler.completeAuthorizationRequestIfPossible()
