import { rejection, signedInBrowser, until, wholeSdkIn } from '@stagedoor/testkit/sdk'
import { refusal, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'

const done = { status: 'done', orig_file_cid: 'the image' }
const file = new File(['bytes'], 'cover.png', { type: 'image/png', lastModified: 1 })
const nodes = (...servers: readonly Pick<TokenServer, 'url'>[]) => ({
  network: { content_nodes: servers.map(({ url }) => ({ endpoint: url })) },
})

/** Makes a server a storage node that takes every file in one piece. */
function takeUploads({ on }: TokenServer, location = '/files/one'): void {
  on('/health_check', () => ({ data: { diskHasSpace: true } }))
  on('/files/', (_call, response) => void response.writeHead(201, { location }).end())
  on('/files/one', (_call, response) => void response.writeHead(204, { 'upload-offset': '5' }).end())
  on('/uploads/one', () => done)
}

/** Somebody logged in at a server that knows storage nodes. */
async function uploader(...known: readonly TokenServer[]) {
  const { server, browser, tokenStore } = await signedInBrowser()
  const page = browser.tab()
  const sdk = wholeSdkIn(page, server.url, { services: { tokenStore } })
  server.on('/health_check', () => ({ data: nodes(...known) }))
  return { server, page, ...sdk, upload: () => sdk.uploads.createImageUpload({ file }).start() }
}

const pathsTo = ({ calls }: TokenServer) => calls.map(({ path }) => path)

describe('A storage node elsewhere', () => {
  test('gets the bytes, and never the token', async () => {
    const node = await serve()
    takeUploads(node)
    const { server, upload } = await uploader(node)
    expect(await upload()).toBe('the image')
    expect(pathsTo(node)).toEqual(['/health_check', '/files/', '/files/one', '/uploads/one'])
    expect(node.calls.map(({ authorization }) => authorization)).toEqual(Array(4).fill(undefined))
    expect(pathsTo(server)).toEqual(['/v1/me', '/health_check'])
  })

  test('gets no token either where the API’s own server says that the upload is there', async () => {
    const elsewhere = await serve()
    takeUploads(elsewhere)
    const { server, upload } = await uploader()
    takeUploads(server, `${elsewhere.url}/files/one`)
    server.on('/health_check', () => ({ data: { ...nodes(server), diskHasSpace: true } }))
    expect(await upload()).toBe('the image')
    expect(server.to('/files/')[0]?.authorization).toBe('Bearer access0')
    expect(elsewhere.calls.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/files/one', undefined],
    ])
  })

  test('is not followed to where it redirects', async () => {
    const elsewhere = await serve()
    const { server, upload } = await uploader()
    takeUploads(server)
    server.on('/health_check', () => ({ data: { ...nodes(server), diskHasSpace: true } }))
    let asked = 0
    server.on('/files/', (_call, response) => {
      asked += 1
      const location = asked === 1 ? `${elsewhere.url}/files/` : '/files/one'
      response.writeHead(asked === 1 ? 307 : 201, { location }).end()
    })
    expect(await upload()).toBe('the image')
    expect(elsewhere.calls).toEqual([])
  })

  test('is passed over when it has no room, refuses or cannot be reached', async () => {
    const [full, broken, gone, roomy] = [await serve(), await serve(), await serve(), await serve()]
    full.on('/health_check', () => ({ data: { diskHasSpace: false } }))
    broken.on('/health_check', refusal(503, 'busy'))
    await gone.close()
    takeUploads(roomy)
    const { page, upload } = await uploader(full, broken, gone, roomy)
    // Begins with the first, and not anywhere.
    Object.assign(page, { crypto: { getRandomValues: (bytes: Uint8Array) => bytes.fill(0) } })
    expect(await upload()).toBe('the image')
  })

  test('is none that would carry in the clear what the API does not, and none without a URL', async () => {
    const { server, upload } = await uploader()
    server.on('/health_check', () => ({
      data: { network: { content_nodes: [{ endpoint: 'ftp://node.example' }, { endpoint: 7 }, null, {}] } },
    }))
    expect((await rejection(upload())).code).toBe('storage_unavailable')
  })
})

/** A server that is a storage node itself. */
async function ownNode() {
  const here = await uploader()
  takeUploads(here.server)
  here.server.on('/health_check', () => ({ data: { ...nodes(here.server), diskHasSpace: true } }))
  return here
}

describe('An upload', () => {
  test('sends the token with every request of tus', async () => {
    const { server, upload } = await ownNode()
    await upload()
    for (const path of ['/files/', '/files/one'])
      expect(server.to(path).map(({ authorization }) => authorization)).toEqual(['Bearer access0'])
  })

  test('ends with session_expired when the server takes neither token', async () => {
    const { server, upload } = await ownNode()
    server.on('/files/', refusal(401, 'invalid_token'))
    server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
    expect((await rejection(upload())).code).toBe('session_expired')
  })

  test('ends with unauthorized when the server does not take the new token either', async () => {
    const { server, upload } = await ownNode()
    server.on('/files/', refusal(401, 'invalid_token'))
    expect((await rejection(upload())).code).toBe('unauthorized')
    expect(server.to('/v1/oauth/token').length).toBe(1)
  })

  test.each([
    ['is of another length', { 'upload-offset': '2', 'upload-length': '6' }],
    ['has more than the file', { 'upload-offset': '6', 'upload-length': '6' }],
  ])('begins anew when what it would go on with %s', async (_what, headers) => {
    const { server, uploads, upload } = await ownNode()
    const first = uploads.createImageUpload({ file, onProgress: () => void first.abort() })
    expect((await rejection(first.start())).code).toBe('upload_aborted')
    server.on('/files/one', (_call, response) => {
      const isHead = response.req.method === 'HEAD'
      response.writeHead(isHead ? 200 : 204, isHead ? headers : { 'upload-offset': '5' }).end()
    })
    expect(await upload()).toBe('the image')
    expect(server.to('/files/').length).toBe(2)
  })

  test('that is ended while it is being created is removed all the same', async () => {
    const { server, uploads } = await ownNode()
    let create = () => {}
    server.on('/files/', (_call, response) => {
      create = () => void response.writeHead(201, { location: '/files/one' }).end()
    })
    const methods: (string | undefined)[] = []
    server.on('/files/one', (_call, response) => {
      methods.push(response.req.method)
      response.writeHead(204).end()
    })
    const { start, abort } = uploads.createImageUpload({ file })
    const ended = rejection(start())
    await until(() => server.to('/files/').length === 1)
    const gone = abort(true)
    expect((await ended).code).toBe('upload_aborted')
    create()
    await gone
    expect(methods).toEqual(['DELETE'])
  })

  test('does not suffer from a listener that throws', async () => {
    const { uploads } = await ownNode()
    const onProgress = () => {
      throw new Error('of the app')
    }
    expect(await uploads.createImageUpload({ file, onProgress }).start()).toBe('the image')
  })

  test('rejects an answer that names no image', async () => {
    const { server, upload } = await ownNode()
    server.on('/uploads/one', () => ({ status: 'done' }))
    expect((await rejection(upload())).code).toBe('invalid_answer')
  })

  test('tries a server that fails ten times, and then says so', async () => {
    const { server, page, upload } = await ownNode()
    server.on('/files/', refusal(503, 'busy'))
    let isOver = false
    const over = rejection(upload()).finally(() => {
      isOver = true
    })
    for (;;) {
      await until(() => page.listening('online') > 0 || isOver)
      if (isOver) break
      page.dispatch('online')
      await until(() => page.listening('online') === 0)
    }
    expect(await over).toMatchObject({ code: 'server_error' })
    expect(server.to('/files/').length).toBe(10)
  })

  test('waits for a network that is lost for long, and goes on as soon as it may be back', async () => {
    const { server, page, upload } = await ownNode()
    const losses = 30
    server.on('/files/', (_call, response) => {
      if (server.to('/files/').length <= losses) response.destroy()
      else response.writeHead(201, { location: '/files/one' }).end()
    })
    const answer = upload()
    for (let lost = 1; lost <= losses; lost += 1) {
      await until(() => server.to('/files/').length === lost && page.listening('online') > 0)
      page.dispatch('online')
    }
    expect(await answer).toBe('the image')
  })
})
