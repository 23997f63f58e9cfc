import { join } from 'node:path'
import type { Server } from './server.ts'
import { fileIn, type Site, serve } from './web.ts'

/** What a page written for `@audius/sdk` may call: its documented names, and none that it does not have. */
interface IncumbentSdk {
  readonly oauth: {
    login(options?: object): Promise<void>
    handleRedirect(url?: string): Promise<void>
    getUser(): Promise<{ readonly handle: string; readonly name: string; readonly userId: number }>
    isAuthenticated(): Promise<boolean>
    hasRefreshToken(): Promise<boolean>
    refreshAccessToken(): Promise<string | null>
    logout(): Promise<void>
  }
  readonly users: {
    getUserByHandle(request: { handle: string }): Promise<{ data?: { readonly id: string } }>
    getTracksByUser(request: { id: string; limit?: number }): Promise<{ data?: readonly IncumbentTrack[] }>
    getUserLibraryTracks(request: {
      id: string
      type?: 'favorite'
    }): Promise<{ data?: readonly { readonly itemType: 'track'; readonly item: IncumbentTrack }[] }>
  }
  readonly tracks: {
    getTrack(request: { trackId: string; userId?: string }): Promise<{ data?: IncumbentTrack }>
    favoriteTrack(request: { trackId: string; userId: string }): Promise<unknown>
    unfavoriteTrack(request: { trackId: string; userId: string }): Promise<unknown>
    getTrackStreamUrl(request: { trackId: string }): Promise<string>
  }
}

interface IncumbentTrack {
  readonly id: string
  readonly title: string
  readonly hasCurrentUserSaved: boolean
  readonly releaseDate?: Date
  readonly user: { readonly handle: string }
}

declare global {
  interface Window {
    audiusSdk: IncumbentSdk
    /** Every call of the page's token store. */
    storeCalls: string[]
    /** What `services.openUrl` was given; the page has that service when `opensUrls` is set. */
    openedUrl?: string
    opensUrls?: boolean
  }
}

const sdkFolder = join(import.meta.dirname, '../../sdk/dist')

/**
 * Serves a page written for `@audius/sdk`, with an import map that gives it our build under that name. The name
 * also says which server is meant, as the page knows the hosted one alone.
 */
export function serveIncumbent(server: Server): Promise<Site> {
  const alias = `export * from '/sdk/browser.mjs'
import { sdk as ours } from '/sdk/browser.mjs'
export const sdk = (config) => ours({ ...config, apiEndpoint: '${server.url}' })`
  return serve((path) => {
    if (path === '/favicon.ico') return null
    if (path === '/audius-sdk.mjs') return { type: 'text/javascript', body: alias }
    if (path.startsWith('/sdk/')) return fileIn(sdkFolder, path.slice('/sdk'.length))
    const type = 'text/html; charset=utf-8'
    if (path === '/plain') return { type, body: '<!doctype html><title>Plain</title>' }
    return { type, body: path === '/callback' ? page(callback(server)) : page(app(server)) }
  })
}

const page = (script: string) => `<!doctype html>
<html lang="en">
  <title>My App</title>
  <script type="importmap">{ "imports": { "@audius/sdk": "/audius-sdk.mjs" } }</script>
  <button>Log in</button>
  <output></output>
  <script type="module">
    import { sdk } from '@audius/sdk'
    const output = document.querySelector('output')
    ${script}
  </script>
</html>`

const app = (server: Server) => `
    window.storeCalls = []
    const read = async (name) => {
      await new Promise((resolve) => setTimeout(resolve))
      return JSON.parse(sessionStorage.getItem('my-tokens') ?? '{}')[name] ?? null
    }
    const tokenStore = {
      getAccessToken: () => read('access'),
      getRefreshToken: () => read('refresh'),
      getAccessTokenExpiry: () => read('accessExpiry'),
      getRefreshTokenExpiry: () => read('refreshExpiry'),
      setTokens: async (access, refresh, expiresIn, refreshExpiresIn) => {
        window.storeCalls.push('setTokens')
        await new Promise((resolve) => setTimeout(resolve))
        const after = (seconds) => seconds ? Date.now() + seconds * 1000 : null
        sessionStorage.setItem('my-tokens', JSON.stringify(
          { access, refresh, accessExpiry: after(expiresIn), refreshExpiry: after(refreshExpiresIn) }))
      },
      clear: async () => {
        window.storeCalls.push('clear')
        sessionStorage.removeItem('my-tokens')
      },
    }
    const openUrl = async (url) => { window.openedUrl = url }
    const audiusSdk = window.audiusSdk = sdk({
      appName: 'My App',
      apiKey: '${server.apiKey}',
      redirectUri: location.origin + (window.opensUrls ? '/plain' : '/callback'),
      services: window.opensUrls ? { tokenStore, openUrl } : { tokenStore },
    })
    const show = async () => {
      const user = await audiusSdk.oauth.getUser()
      output.value = 'Signed in as ' + user.name
    }
    document.querySelector('button').onclick = async () => {
      await audiusSdk.oauth.login({ scope: 'write' })
      await show()
    }
    if (await audiusSdk.oauth.isAuthenticated()) await show()
    else output.value = 'signed out'`

const callback = (server: Server) => `
    const audiusSdk = window.audiusSdk = sdk({ appName: 'My App', apiKey: '${server.apiKey}' })
    await audiusSdk.oauth.handleRedirect()
    output.value = (await audiusSdk.oauth.getUser()).handle`
