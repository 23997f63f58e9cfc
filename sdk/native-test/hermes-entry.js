import './hermes-host'
import { sdk } from '@stagedoor/sdk'

/** A whole life of a session in the bare VM: what came out of each step, a line each. */
async function live() {
  const { oauth, uploads } = sdk({ appName: 'Small', redirectUri: 'myapp://oauth/callback' })
  const { host } = globalThis
  try {
    await oauth.login()
    print(`saved before the page opened: ${host.saved}`)
    print(`logged in: ${await oauth.isAuthenticated()}`)
    print(`user: ${(await oauth.getUser()).handle}`)
    print(`refreshed: ${await oauth.refreshAccessToken()}`)
    print(`on disk: ${[...host.disk.values()].filter((value) => value.includes('refresh2')).length}`)
    const file = { uri: 'file:///song.mp3', name: 'Lied – 歌.mp3', type: 'audio/mpeg' }
    const { trackCid, duration } = await uploads.createAudioUpload({ file }).start()
    print(`uploaded: ${trackCid} of ${duration} seconds`)
    await oauth.logout()
    print(`logged out: ${!(await oauth.isAuthenticated())}`)
    print(`requests: ${host.requests.join(' ')}`)
  } catch (error) {
    print(`${error.code}: ${error.message}`)
  }
}

live()
