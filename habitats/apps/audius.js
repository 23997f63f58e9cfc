import { sdk } from '@stagedoor/sdk'

export const audius = sdk({
  apiKey: '__API_KEY__',
  redirectUri: '__REDIRECT_URI__',
  apiEndpoint: '__SERVER__',
})
