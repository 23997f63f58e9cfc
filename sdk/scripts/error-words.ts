import type { ErrorCode } from '../src/errors/errors.ts'

/** What the reference says of each error: what happened, and what to do about it. */
export const words: Readonly<Record<ErrorCode, readonly [happened: string, remedy: string]>> = {
  invalid_api_key: ['The API key is not 40 hex digits.', 'Copy it from your developer app.'],
  invalid_api_endpoint: ['apiEndpoint is no http(s) URL.', 'Pass the server’s public URL.'],
  missing_client: ['apiKey and appName are missing.', 'Pass one of them to sdk().'],
  missing_redirect_uri: ['redirectUri is missing.', 'Pass a registered callback page to sdk() or login().'],
  redirect_uri_origin: ['redirectUri is not on this page’s origin.', 'Use the same scheme, host and port.'],
  scope_needs_api_key: ['Scope write needs an API key.', 'Pass apiKey to sdk().'],
  foreign_origin: ['oauth.fetch() was to send the token elsewhere.', 'Use URLs of apiEndpoint’s origin.'],
  no_page: [
    'There is no page to log in from.',
    'Call login() in a browser, or pass openUrl, which shows a URL.',
  ],
  redirect_uri_loopback: [
    'login() on a command line ends at http://127.0.0.1, http://[::1] or http://localhost, with or without a port.',
    'Use one of them; on a server use createAuthorizationUrl() and exchangeCode().',
  ],
  port_taken: [
    'The port of redirectUri cannot be listened on: another program has it, or it needs more rights.',
    'Free it, or register and pass the URI without a port.',
  ],
  no_secure_random: [
    'crypto.getRandomValues is missing.',
    'Use a current browser; in a React Native app, run “npx expo install expo-crypto”.',
  ],
  no_web_crypto: [
    'dpop binds tokens to a key of Web Crypto, and there is none: React Native has none, and pages that are not secure.',
    'Serve the page by https, or leave dpop out.',
  ],
  missing_module: [
    'The app was built without a module that logging in needs.',
    'Install the one in brackets and build the app again.',
  ],
  storage_blocked: ['The browser blocks storage.', 'Allow site data, or log in by popup.'],

  popup_blocked: [
    'The browser blocked the popup, or another page is open in the app.',
    'Call login() in a click handler, or pass fallback: "redirect"; in an app, close that page first.',
  ],
  popup_closed: ['The person closed the page before the login was done.', 'Offer it again.'],
  aborted: ['The app cancelled the login.', 'Offer it again.'],
  superseded: ['A newer login replaced this one.', 'Await that one.'],
  login_timeout: ['The login took over 10 minutes.', 'Offer it again.'],
  login_interrupted: [
    'The server answered the exchange of the code, and the answer was lost.',
    'Call login() again: within two minutes nothing is asked.',
  ],
  state_mismatch: ['No login here waits for this answer: it is old, used or forged.', 'Log in again.'],
  issuer_mismatch: ['Another server answered.', 'Set apiEndpoint to the server’s public URL.'],
  access_denied: ['The person did not allow access.', 'Offer it again.'],
  login_required: ['The person is not signed in.', 'Log in without prompt: "none".'],
  consent_required: ['The person has not allowed the app.', 'Log in without prompt: "none".'],
  login_refused: ['The server refused the login.', 'See its reason.'],

  invalid_grant: ['The code or token is expired, used or revoked.', 'Log in again.'],
  token_refused: ['The server refused the tokens.', 'See its reason.'],

  not_authenticated: ['Nobody is logged in.', 'Call login() first.'],
  session_expired: ['The session ended.', 'Log in again.'],
  user_switched: [
    'Another user logged in, in any tab, before a change was sent; nothing was changed.',
    'Show who is logged in now, and call again if it is wanted.',
  ],
  token_store_failed: ['The token store failed.', 'See cause.'],
  token_store_locked: [
    'The keychain cannot be read now, as while the device is locked. Nobody is logged out.',
    'Try again once it is unlocked.',
  ],

  unreachable: [
    'The server cannot be reached.',
    'Check the connection, apiEndpoint, and connect-src of the page’s content security policy.',
  ],
  request_aborted: ['The app cancelled the call.', 'Call again when it is wanted.'],
  timeout: ['The server took over 10 seconds.', 'Try again.'],
  invalid_answer: ['The answer is cut off or not the API’s.', 'Check apiEndpoint.'],

  unauthorized: ['The server refused the access token.', 'Log in again.'],
  rate_limited: ['Too many requests.', 'Wait, then try again.'],
  server_error: ['The server failed.', 'Try again later.'],
  insufficient_scope: [
    'The person has allowed the app to read, not to change anything; or the call is about the person’s apps, which no app’s token reaches.',
    'Log in with scope: "write". Manage apps on the portal or with a management token.',
  ],
  not_found: [
    'There is no such user, track or app, it was deleted, or its artist does not offer this.',
    'Check the id.',
  ],
  request_refused: ['The server refused the request.', 'See its reason, and faults for each field.'],

  upload_aborted: ['The app cancelled the upload.', 'Upload the file again: it goes on from where it stood.'],
  upload_refused: ['The server refused the upload.', 'See its reason.'],
  upload_too_large: [
    'The file is larger than the server takes, or too much is on its way already.',
    'Choose a smaller file, or finish other uploads first, as the reason says.',
  ],
  upload_failed: ['The server cannot use what was sent.', 'Choose another file, as the reason says.'],
  unreadable_file: ['The file was changed, moved or removed, or is no file.', 'Choose it again.'],
  storage_unavailable: ['No storage node has room.', 'Try again later.'],
}
