import { installation, served, stagedoor, temporaryFolder } from '@stagedoor/testkit/command'
import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { remains } from '@stagedoor/testkit/installation'
import { sha256, wav } from '@stagedoor/testkit/media'
import { freePort } from '@stagedoor/testkit/ports'
import { rejection } from '@stagedoor/testkit/sdk'
import { hour, ownServer } from '@stagedoor/testkit/server'
import { jun, nova } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { startTcpProxy } from '../harness/tcp-proxy.ts'
import { follow, songFile, storedIn, uploaderAt, uploaderRedirectUri } from '../harness/uploader.ts'

const song = wav(60, { rate: 44_100 })

/** A server that people reach through a network that loses connections. */
async function behindNetwork() {
  const folder = temporaryFolder()
  const [port, serverPort] = [await freePort(), await freePort()]
  const proxy = await startTcpProxy(port, serverPort)
  const server = await ownServer({
    PORT: String(serverPort),
    PUBLIC_URL: `http://localhost:${port}`,
    DATA_DIR: folder,
  })
  const apiKey = await server.register('Uploads', uploaderRedirectUri)
  return { ...server, proxy, folder, apiKey }
}

const isPatch = (sent: Buffer) => sent.subarray(0, 6).toString('latin1') === 'PATCH '

describe('An upload goes on', () => {
  test('when connections are lost at any moment', { timeout: 120_000 }, async () => {
    const { url, apiKey, proxy, folder } = await behindNetwork()
    const { page } = await uploaderAt(url, apiKey, nova)
    let cuts = 0
    proxy.watch(({ sent, cut }) => {
      // A chunk is some pieces of 64 kB: about every second one is cut off.
      if (Math.random() > 0.1 || sent.length < 1000) return
      cuts += 1
      cut()
    })
    const done = await follow(page(), songFile(song)).start()
    await proxy.stop()
    expect(cuts).toBeGreaterThan(2)
    expect(sha256(storedIn(folder, done.origFileCid))).toBe(sha256(song))
    expect(remains(folder).rows.length).toBe(1)
  })

  test('without sending anything twice, when the last answer is lost (F-18)', async () => {
    const { url, apiKey, proxy, folder } = await behindNetwork()
    const { page } = await uploaderAt(url, apiKey, nova)
    const short = wav(5)
    let patches = 0
    proxy.watch(({ sent, cutAnswer }) => {
      if (!isPatch(sent)) return
      patches += 1
      cutAnswer()
    })
    const done = await follow(page(), songFile(short)).start()
    await proxy.stop()
    expect(patches).toBe(1)
    expect(sha256(storedIn(folder, done.origFileCid))).toBe(sha256(short))
  })

  test('in the next page, from where the last one stood', async () => {
    const { url, apiKey, proxy, folder } = await behindNetwork()
    const { page } = await uploaderAt(url, apiKey, nova)
    const first = follow(page(), songFile(song), ({ loaded }) => {
      // A page that goes away sends no more, and hears nothing.
      if (loaded > 1_000_000) void first.abort()
    })
    await rejection(first.start())
    let sentAgain = 0
    proxy.watch(({ sent }) => {
      sentAgain += sent.length
    })
    const second = follow(page(), songFile(song))
    const done = await second.start()
    await proxy.stop()
    expect(second.seen[0]?.loaded).toBeGreaterThan(1_000_000)
    expect(sentAgain).toBeLessThan(song.length - 1_000_000 + 20_000)
    expect(sha256(storedIn(folder, done.origFileCid))).toBe(sha256(song))
  })

  test('when the access token ends on the way, with one refresh (UP-15)', async () => {
    const { url, apiKey, proxy, folder, advance } = await behindNetwork()
    const { page, tokenStore } = await uploaderAt(url, apiKey, nova)
    const before = await tokenStore.getAccessToken()
    let isExpired = false
    let refreshes = 0
    proxy.watch(({ sent }) => {
      if (sent.includes('POST /v1/oauth/token')) refreshes += 1
    })
    const upload = follow(page(), songFile(song), ({ loaded }) => {
      if (isExpired || loaded === 0) return
      isExpired = true
      advance(2 * hour)
    })
    const done = await upload.start()
    await proxy.stop()
    expect(await tokenStore.getAccessToken()).not.toBe(before)
    expect(refreshes).toBe(1)
    expect(sha256(storedIn(folder, done.origFileCid))).toBe(sha256(song))
  })

  test('when the server is killed and started anew', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder()
    const settings = await installation(folder)
    const person = { handle: 'ada', password: 'pass-phrase of ada' }
    const who = ['--handle', person.handle, '--name', 'Ada', '--email', 'ada@example.com']
    await stagedoor(['user', 'create', ...who, '--password-stdin'], settings, person.password)
    const form = ['--name', 'Killed', '--redirect-uri', uploaderRedirectUri, '--json']
    const { apiKey } = JSON.parse((await stagedoor(['app', 'create', ...form], settings)).out)
    let server = await served(['serve'], settings)
    const { page } = await uploaderAt(settings.PUBLIC_URL, apiKey, person)
    let restarts = 0
    let restarted = Promise.resolve()
    const upload = follow(page(), songFile(song), ({ loaded }) => {
      if (restarts === 3 || loaded < (restarts + 1) * 1_000_000) return
      restarts += 1
      restarted = restarted.then(async () => {
        await server.end('SIGKILL')
        server = await served(['serve'], settings)
      })
    })
    const done = await upload.start()
    await restarted
    expect(restarts).toBe(3)
    expect(sha256(storedIn(folder, done.origFileCid))).toBe(sha256(song))
    expect(remains(folder).rows.length).toBe(1)
    await server.end('SIGTERM')
  })
})

test('An upload ends when somebody else logs in meanwhile, and sends nothing as them', async () => {
  const { url, apiKey, proxy } = await behindNetwork()
  const browser = new FakeBrowser()
  const { page, tokenStore } = await uploaderAt(url, apiKey, nova, { browser })
  const other = await uploaderAt(url, apiKey, jun)
  const own = page()
  const token = (await other.tokenStore.getAccessToken()) ?? ''
  let sentAsOther = 0
  proxy.watch(({ sent }) => {
    if (sent.includes(token)) sentAsOther += 1
  })
  const upload = follow(own, songFile(song), ({ loaded }) => {
    if (loaded === 0) return
    // As a login in another tab leaves it.
    browser.storage.setItem(`stagedoor:${url}:${apiKey}:session`, 'another login')
    void tokenStore.setTokens(token, '', 3600)
  })
  const error = await rejection(upload.start())
  await proxy.stop()
  expect(error.code).toBe('user_switched')
  expect(sentAsOther).toBe(0)
})
