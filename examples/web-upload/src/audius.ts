import { sdk } from '@stagedoor/sdk'

/** This app, as Audius knows it. The key and the server come from `.env`. */
export const audius = sdk({
  appName: 'Stagedoor example',
  apiKey: import.meta.env.VITE_API_KEY,
  // This page is its own callback page; register it with the app.
  redirectUri: `${location.origin}/`,
  apiEndpoint: import.meta.env.VITE_API_ENDPOINT,
})
