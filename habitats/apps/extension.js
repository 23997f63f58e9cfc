import { isStagedoorError, sdk } from '@stagedoor/sdk/bundle'

/** Tokens outlive the worker: it is ended when it rests. */
const tokens = {
  async value(name) {
    return (await chrome.storage.local.get('tokens')).tokens?.[name] ?? null
  },
  getAccessToken: () => tokens.value('accessToken'),
  getRefreshToken: () => tokens.value('refreshToken'),
  getAccessTokenExpiry: () => tokens.value('accessTokenExpiry'),
  getRefreshTokenExpiry: () => tokens.value('refreshTokenExpiry'),
  async setTokens(accessToken, refreshToken, expiresIn, refreshExpiresIn) {
    const after = (seconds) => (seconds ? Date.now() + seconds * 1000 : null)
    await chrome.storage.local.set({
      tokens: {
        accessToken,
        refreshToken,
        accessTokenExpiry: after(expiresIn),
        refreshTokenExpiry: after(refreshExpiresIn),
      },
    })
  },
  clear: () => chrome.storage.local.remove('tokens'),
}

let audius
const oauthOf = (config) => {
  audius ??= sdk({ ...config, services: { tokenStore: tokens } })
  return audius.oauth
}

async function logIn(config) {
  const oauth = oauthOf(config)
  await oauth.login({
    redirectUri: chrome.identity.getRedirectURL(),
    openUrl: async (url) => {
      await oauth.handleRedirect(await chrome.identity.launchWebAuthFlow({ url, interactive: true }))
    },
  })
}

const commands = {
  redirectUri: () => chrome.identity.getRedirectURL(),
  logIn,
  logOut: (config) => oauthOf(config).logout(),
  async who(config) {
    const oauth = oauthOf(config)
    return (await oauth.isAuthenticated()) ? (await oauth.getUser()).handle : 'nobody'
  },
}

/** What a test asks of the worker. */
globalThis.ask = async (command, config) => {
  try {
    return (await commands[command](config)) ?? 'done'
  } catch (error) {
    return isStagedoorError(error) ? error.code : String(error)
  }
}
