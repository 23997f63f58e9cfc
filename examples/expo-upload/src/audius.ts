import { sdk } from '@stagedoor/sdk'
import { Platform } from 'react-native'

/** Where a login comes back to: a link that the system hands to this app, whose scheme is in `app.json`. */
const deepLink = 'stagedoor-upload://oauth/callback'

/** This app, as Audius knows it. The key and the server come from `.env`. */
export const audius = sdk({
  appName: 'Stagedoor upload',
  apiKey: process.env.EXPO_PUBLIC_API_KEY,
  // The web build is its own callback page. Either must be registered with the app.
  redirectUri: Platform.OS === 'web' ? `${window.location.origin}/` : deepLink,
  apiEndpoint: process.env.EXPO_PUBLIC_API_ENDPOINT,
})
