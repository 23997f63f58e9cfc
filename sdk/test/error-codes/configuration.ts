import { answer, CALLBACK, rejection, sdkIn, signedInBrowser } from '@stagedoor/testkit/sdk'
import { expect } from 'vitest'
import { sdk } from '../../src/browser.ts'
import { canLogIn, type Scenarios, works, world } from './scenario.ts'

const unnamed = { apiKey: undefined }

/** The codes of what an app must change. */
export const configuration: Scenarios<
  | 'invalid_api_key'
  | 'invalid_api_endpoint'
  | 'missing_client'
  | 'missing_redirect_uri'
  | 'redirect_uri_origin'
  | 'scope_needs_api_key'
  | 'foreign_origin'
  | 'no_page'
  | 'no_secure_random'
  | 'no_web_crypto'
  | 'storage_blocked'
  | 'popup_blocked'
> = {
  invalid_api_key: async () => {
    const here = await world()
    const error = await rejection((async () => sdkIn(here.page, here.server.url, { apiKey: 'my-key' }))())
    return { error, obey: () => canLogIn(here, { config: { apiKey: '0'.repeat(40) } }) }
  },

  invalid_api_endpoint: async () => {
    const here = await world()
    const error = await rejection((async () => sdkIn(here.page, 'ftp://api.example'))())
    return { error, obey: () => canLogIn(here) }
  },

  missing_client: async () => {
    const here = await world()
    const error = await rejection(sdkIn(here.page, here.server.url, unnamed).login())
    return {
      error,
      obey: async () => {
        await canLogIn(here)
        await canLogIn(here, { config: { apiKey: undefined, appName: 'App' } })
      },
    }
  },

  missing_redirect_uri: async () => {
    const here = await world()
    const config = { redirectUri: undefined }
    const oauth = sdkIn(here.page, here.server.url, config)
    return {
      error: await rejection(oauth.login()),
      obey: async () => {
        await works(here, oauth, { config, options: { redirectUri: CALLBACK } })
        await canLogIn(here, { config: { redirectUri: CALLBACK } })
      },
    }
  },

  redirect_uri_origin: async () => {
    const here = await world()
    const oauth = sdkIn(here.page, here.server.url, { redirectUri: 'https://www.app.example/callback' })
    return {
      error: await rejection(oauth.login()),
      obey: () => canLogIn(here, { config: { redirectUri: `${here.page.location.origin}/callback` } }),
    }
  },

  scope_needs_api_key: async () => {
    const here = await world()
    const options = { scope: 'write' } as const
    const oauth = sdkIn(here.page, here.server.url, { apiKey: undefined, appName: 'App' })
    return { error: await rejection(oauth.login(options)), obey: () => canLogIn(here, { options }) }
  },

  foreign_origin: async () => {
    const { server, oauth } = await signedInBrowser()
    return {
      error: await rejection(oauth.fetch('https://other.example/v1/me')),
      obey: async () => expect((await oauth.fetch(`${server.url}/v1/me`)).status).toBe(200),
    }
  },

  no_page: async () => {
    const here = await world()
    const { oauth } = sdk({ appName: 'App', redirectUri: CALLBACK })
    return { error: await rejection(oauth.login()), obey: () => canLogIn(here) }
  },

  no_secure_random: async () => {
    const here = await world()
    const { crypto } = here.page
    Object.assign(here.page, { crypto: undefined })
    const oauth = sdkIn(here.page, here.server.url)
    const error = await rejection(oauth.login())
    Object.assign(here.page, { crypto })
    return { error, obey: () => works(here, oauth) }
  },

  no_web_crypto: async () => {
    const here = await world()
    const { crypto } = here.page
    // As on a page that is not secure.
    Object.assign(here.page, { crypto: { getRandomValues: crypto?.getRandomValues.bind(crypto) } })
    const oauth = sdkIn(here.page, here.server.url, { dpop: true })
    await oauth.isAuthenticated()
    const error = await rejection(oauth.login())
    Object.assign(here.page, { crypto })
    return { error, obey: () => canLogIn(here) }
  },

  storage_blocked: async () => {
    const here = await world()
    here.browser.isStorageBlocked = true
    const oauth = sdkIn(here.page, here.server.url)
    return {
      error: await rejection(oauth.login({ display: 'fullScreen' })),
      obey: () => works(here, oauth, { options: { display: 'popup' } }),
    }
  },

  popup_blocked: async () => {
    const here = await world()
    const { browser, page, server } = here
    const oauth = sdkIn(page, server.url)
    browser.blocksPopups = true
    return {
      error: await rejection(oauth.login()),
      obey: async () => {
        oauth.login({ fallback: 'redirect' })
        const [url = ''] = page.navigated
        answer(page, { code: 'abc' }, url)
        await oauth.handleRedirect()
        expect(await oauth.isAuthenticated()).toBe(true)
        browser.blocksPopups = false
        await works(here, oauth)
      },
    }
  },
}
