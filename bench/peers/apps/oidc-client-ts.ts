import { UserManager, WebStorageStateStore } from 'oidc-client-ts'

const manager = new UserManager({
  authority: 'https://login.example',
  client_id: 'client',
  redirect_uri: `${location.origin}/callback`,
  userStore: new WebStorageStateStore({ store: localStorage }),
})

export const login = (): Promise<unknown> => manager.signinPopup()
export const handleRedirect = (): Promise<unknown> => manager.signinCallback()
export const restore = async (): Promise<boolean> => (await manager.getUser())?.expired === false
export const whoIsIt = async (): Promise<string | undefined> => (await manager.getUser())?.profile.name
export const logout = async (): Promise<void> => {
  await manager.revokeTokens()
  await manager.removeUser()
}
