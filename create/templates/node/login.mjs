import { isStagedoorError, sdk } from '@stagedoor/sdk'
import { wordsFor } from '@stagedoor/sdk/words'

const { oauth } = sdk({
  appName: '__NAME__',
  apiKey: '__API_KEY__',
  redirectUri: '__REDIRECT_URI__',
  apiEndpoint: '__SERVER__',
})

try {
  await oauth.login({ openUrl: (url) => console.log(`Log in at ${url}`) })
  const { name } = await oauth.getUser()
  console.log(`Hello ${name}`)
} catch (error) {
  if (!isStagedoorError(error)) throw error
  console.error(wordsFor(error))
  process.exitCode = 1
}
