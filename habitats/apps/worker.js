import { isStagedoorError, memoryTokenStore, sdk } from '@stagedoor/sdk'

const answered = async (work) => {
  try {
    return Response.json(await work())
  } catch (error) {
    return Response.json({ code: isStagedoorError(error) ? error.code : String(error) }, { status: 500 })
  }
}

export default {
  fetch: (request, { APP }) =>
    answered(async () => {
      const config = JSON.parse(APP)
      const { oauth } = sdk(config)
      const { pathname } = new URL(request.url)
      if (pathname === '/begin') return oauth.createAuthorizationUrl()
      if (pathname === '/login') return oauth.login()
      const { callback, transaction } = await request.json()
      const { accessToken, refreshToken, expiresIn } = await oauth.exchangeCode(callback, transaction)
      const tokenStore = memoryTokenStore()
      await tokenStore.setTokens(accessToken, refreshToken, expiresIn)
      const { handle } = await sdk({ ...config, services: { tokenStore } }).oauth.getUser()
      return { handle }
    }),
}
