import { sdk } from '@stagedoor/sdk'

export const audius = sdk({
  appName: '__NAME__',
  apiKey: '__API_KEY__',
  redirectUri: '__REDIRECT_URI__',
  apiEndpoint: '__SERVER__',
})
