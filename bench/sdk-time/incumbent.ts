import { readFile } from 'node:fs/promises'
import type { Files } from './visit.ts'

const library = new URL('../../clients/incumbent/node_modules/audius-16/dist/sdk.min.js', import.meta.url)

const app = `import '/sdk.min.js'

const { oauth } = window.audiusSdk({
  appName: 'App',
  apiKey: '0057a6ed000057a6ed000057a6ed000057a6ed00',
  redirectUri: location.origin + '/callback',
})

export const login = () => oauth.login({ scope: 'read' })
export const handleRedirect = () => oauth.handleRedirect()
export const restore = () => oauth.isAuthenticated()`

/** The app with the client whose calls this SDK has, in the one file that its publisher has made for pages. */
export async function incumbent(): Promise<Files> {
  const entry = '@audius/sdk.js'
  return {
    entry,
    code: new Map([
      [entry, app],
      ['sdk.min.js', await readFile(library, 'utf8')],
    ]),
  }
}
