import { sdk } from '@stagedoor/sdk'

const { oauth } = sdk({
  apiKey: '0057a6ed000057a6ed000057a6ed000057a6ed00',
  redirectUri: `${location.origin}/callback`,
})

export const login = (): Promise<void> => oauth.login()
export const handleRedirect = (): Promise<void> => oauth.handleRedirect()
export const restore = (): Promise<boolean> => oauth.isAuthenticated()
export const whoIsIt = async (): Promise<string> => (await oauth.getUser()).name
export const logout = (): Promise<void> => oauth.logout()
