import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sdk } from '../sdk/src/node.ts'
import { memoryTokenStore } from '../sdk/src/token-store.ts'
import { encoded, png, sha256 } from '../server/test/uploads/files.ts'
import { fileInstallation } from '../server/test/uploads/installation.ts'
import { nova, type Person, signedIn } from '../server/test/wire/browser.ts'
import { App } from '../server/test/wire/client.ts'

const server = await fileInstallation()
const redirectUri = 'https://app.example/cb'

/** The SDK of an app on a server, with somebody logged in who may write. */
async function loggedIn(person: Person, scope: 'read' | 'write' = 'write') {
  const apiKey = await server.register(`App ${crypto.randomUUID().slice(0, 8)}`, redirectUri)
  const app = new App(server.url, { apiKey }, redirectUri)
  const { access, refresh } = await app.pair(await signedIn(server.url, person), { scope })
  const tokenStore = memoryTokenStore()
  await tokenStore.setTokens(access, refresh, 3600)
  return sdk({ apiKey, apiEndpoint: server.url, services: { tokenStore } })
}

const stored = (cid: string, name: string) => readFileSync(join(server.folder, 'content', cid, name))

describe('In Node', () => {
  test('audio is uploaded and processed', async () => {
    const { uploads } = await loggedIn(nova)
    const song = encoded('mp3', 40, ['-metadata', 'TBPM=128', '-metadata', 'TKEY=Am'])
    const progress: unknown[] = []
    const upload = uploads.createAudioUpload({
      file: { buffer: song, name: 'A song.mp3', type: 'audio/mpeg' },
      onProgress: (now) => progress.push(now),
    })
    const done = await upload.start()
    expect(done).toEqual({
      trackCid: expect.stringMatching(/^bafkrei/),
      previewCid: expect.stringMatching(/^bafkrei/),
      origFileCid: expect.stringMatching(/^bafkrei/),
      origFilename: 'A song.mp3',
      duration: 40,
      bpm: 128,
      musicalKey: 'Am',
    })
    expect(sha256(stored(done.origFileCid, 'audio'))).toBe(sha256(song))
    console.log(progress)
  })

  test('an image is', async () => {
    const { uploads } = await loggedIn(nova)
    const cid = await uploads.createImageUpload({ file: new Blob([png(300, 200)]) }).start()
    expect(cid).toMatch(/^bafkrei/)
  })
})
