import { sdk } from '@stagedoor/sdk'

const { oauth } = sdk(JSON.parse(process.env.APP))
await oauth.login({ openUrl: (url) => console.log(url) })
console.log(`Hello ${(await oauth.getUser()).handle}`)
await oauth.logout()
