/** @jsxImportSource react */
import { type Sdk, sdk } from '@stagedoor/sdk'
import { StrictMode } from 'react'
import { createRoot, hydrateRoot, type Root } from 'react-dom/client'
import { App } from './App.tsx'

declare global {
  interface Window {
    /** What the page counts: calls of the instance that did not stop yet, and all that were made. */
    seen: { listening: number; redirects: number; logins: number; mismatches: string[] }
    root: Root
  }
}

const { apiKey, apiEndpoint } = document.body.dataset
const audius = sdk({ apiKey, apiEndpoint, redirectUri: `${location.origin}/callback` })
const seen = { listening: 0, redirects: 0, logins: 0, mismatches: [] as string[] }
window.seen = seen

const counted = (stop: () => void) => {
  seen.listening += 1
  return () => {
    seen.listening -= 1
    stop()
  }
}

/** The instance, counting. */
const counting: Sdk = {
  ...audius,
  oauth: {
    ...audius.oauth,
    get session() {
      return audius.oauth.session
    },
    subscribe: (listener) => counted(audius.oauth.subscribe(listener)),
    on: (type, listener) => counted(audius.oauth.on(type, listener)),
    handleRedirect: (url) => {
      seen.redirects += 1
      return audius.oauth.handleRedirect(url)
    },
    login: (options) => {
      seen.logins += 1
      return audius.oauth.login(options)
    },
  },
}

const container = document.querySelector('main')
if (!container) throw new Error('There is no <main>')
const app = (
  <StrictMode>
    <App sdk={counting} />
  </StrictMode>
)
if (container.firstChild)
  window.root = hydrateRoot(container, app, {
    onRecoverableError: (error) => seen.mismatches.push(String(error)),
  })
else {
  window.root = createRoot(container)
  window.root.render(app)
}
