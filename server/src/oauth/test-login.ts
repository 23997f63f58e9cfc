/** Where a test login of an app ends: at a page of this server, and for the app's owner alone. */
export const testRedirectUri = (apiKey: string, issuer: string): string =>
  `${issuer}/developers/${apiKey}/test-login/callback`

/** Whether a login is this server's own test of an app. */
export const isTestLogin = (
  { apiKey, redirectUri }: { readonly apiKey: string | null; readonly redirectUri: string },
  issuer: string,
): boolean => apiKey !== null && redirectUri === testRedirectUri(apiKey, issuer)
