/** Where a test login of an app ends: at a page of this server, and for the app's owner alone. */
export const testRedirectUri = (apiKey: string, issuer: string): string =>
  `${issuer}/developers/${apiKey}/test-login/callback`
