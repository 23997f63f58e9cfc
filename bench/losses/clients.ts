import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileIn, type Site, serve } from '../../e2e/harness/web.ts'

/** What a page does with its client, as the client's documentation has it. */
export interface PageClient {
  login(): Promise<unknown>
  /** The handle of who is logged in, asked of the server; null for nobody. */
  whoIsIt(): Promise<string | null>
  /** Gets a new access token. */
  refresh(): Promise<unknown>
  logout(): Promise<unknown>
}

declare global {
  interface Window {
    /** The page's client, once it has handled what the page was opened with. */
    client?: PageClient
  }
}

export interface Client {
  readonly name: string
  readonly version: string
  /** Serves its page. */
  serve(issuer: string, apiKey: string): Promise<Site>
}

const root = join(import.meta.dirname, '../..')
const sdkFolder = join(root, 'sdk/dist')
const oidcFolder = join(root, 'bench/peers/node_modules/oidc-client-ts')
const audiusFolder = join(root, 'clients/incumbent/node_modules/audius-16')

/** The same script with our SDK and with the one whose calls it has. */
const audiusScript = (from: string, config: object) => `${from}
const { oauth } = sdk({ ...${JSON.stringify(config)}, redirectUri: location.origin + '/' })
const client = {
  login: () => oauth.login({ scope: 'read', display: 'fullScreen' }),
  whoIsIt: async () => (await oauth.isAuthenticated()) ? (await oauth.getUser()).handle : null,
  refresh: async () => {
    if (!(await oauth.refreshAccessToken())) throw new Error('There is no new token.')
  },
  logout: () => oauth.logout(),
}
oauth.subscribe?.(() => {})
await oauth.handleRedirect().catch(() => {})
window.client = client`

const oidcScript = (issuer: string, apiKey: string) => `
const manager = new oidc.UserManager({
  authority: '${issuer}',
  client_id: '${apiKey}',
  redirect_uri: location.origin + '/',
  scope: 'openid profile',
  userStore: new oidc.WebStorageStateStore({ store: localStorage }),
})
const client = {
  login: () => manager.signinRedirect(),
  whoIsIt: async () => {
    const stored = await manager.getUser()
    if (!stored) return null
    const user = stored.expired ? await manager.signinSilent() : stored
    const answer = await fetch('${issuer}/v1/me', { headers: { authorization: 'Bearer ' + user.access_token } })
    return answer.ok ? (await answer.json()).handle : null
  },
  refresh: () => manager.signinSilent(),
  logout: async () => {
    await manager.revokeTokens()
    await manager.removeUser()
  },
}
if (location.search.includes('state=')) {
  await manager.signinCallback().catch(() => {})
  history.replaceState(null, '', '/')
}
window.client = client`

const html = (script: string, library?: string) => `<!doctype html><html lang="en"><title>App</title>
<link rel="icon" href="data:,">${library ? `<script src="${library}"></script>` : ''}<script type="module">${script}</script></html>`

const pageWith = (body: string, fileOf: (path: string) => ReturnType<typeof fileIn>) =>
  serve(async (path) => (path === '/' ? { type: 'text/html; charset=utf-8', body } : fileOf(path)))

async function versionOf(folder: string): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  return version
}

/** The clients that are compared, ours first. */
export const clients = async (): Promise<readonly Client[]> => [
  {
    name: 'Stagedoor',
    version: await versionOf(join(root, 'sdk')),
    serve: (issuer, apiKey) => {
      const script = audiusScript("import { sdk } from '/browser.mjs'", { apiKey, apiEndpoint: issuer })
      return pageWith(html(script), (path) => fileIn(sdkFolder, path))
    },
  },
  {
    name: '@audius/sdk',
    version: await versionOf(audiusFolder),
    serve: (_issuer, apiKey) => {
      const config = { apiKey, appName: 'Losses', environment: 'development' }
      const script = audiusScript('const sdk = window.audiusSdk', config)
      return pageWith(html(script, '/sdk.min.js'), (path) => fileIn(join(audiusFolder, 'dist'), path))
    },
  },
  {
    name: 'oidc-client-ts',
    version: await versionOf(oidcFolder),
    serve: (issuer, apiKey) =>
      pageWith(html(oidcScript(issuer, apiKey), '/oidc-client-ts.min.js'), (path) =>
        fileIn(join(oidcFolder, 'dist/browser'), path),
      ),
  },
]
