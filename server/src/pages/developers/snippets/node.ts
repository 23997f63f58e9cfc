import { type Filling, settings } from './snippet.ts'

/** A command-line tool. */
export const nodeSnippet = (filling: Filling): string => `import { sdk } from '@stagedoor/sdk'

const audius = sdk({
  ${settings(filling, '  ')}
})

await audius.oauth.login({ openUrl: (url) => console.log('Open ' + url) })
const user = await audius.oauth.getUser()
console.log('Hello ' + user.name)
`
