import { createAuth0Client } from '@auth0/auth0-spa-js'

const client = createAuth0Client({
  domain: 'login.example',
  clientId: 'client',
  cacheLocation: 'localstorage',
  useRefreshTokens: true,
  authorizationParams: { redirect_uri: `${location.origin}/callback` },
})

export const login = async (): Promise<void> => (await client).loginWithPopup()
export const handleRedirect = async (): Promise<unknown> => (await client).handleRedirectCallback()
export const restore = async (): Promise<boolean> => (await client).isAuthenticated()
export const whoIsIt = async (): Promise<string | undefined> => (await (await client).getUser())?.name
export const logout = async (): Promise<void> => (await client).logout()
