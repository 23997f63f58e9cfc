import { rejection, signedInBrowser, wholeSdkIn } from '@stagedoor/testkit/sdk'
import { refusal, type TokenServer } from '@stagedoor/testkit/token-server'
import { expect } from 'vitest'
import type { UploadFile } from '../../src/uploads/uploads.ts'
import { type Outcome, type Scenario, type Scenarios, says } from './scenario.ts'

const done = { status: 'done', orig_file_cid: 'the image' }
const file: UploadFile = new File(['bytes'], 'cover.png', { type: 'image/png' })

/** A server of uploads that takes every file in one piece. */
function takeUploads({ url, on }: TokenServer): void {
  const node = { endpoint: url }
  on('/health_check', () => ({ data: { network: { content_nodes: [node] }, diskHasSpace: true } }))
  on('/files/', (_call, response) => void response.writeHead(201, { location: '/files/one' }).end())
  on('/files/one', (_call, response) => void response.writeHead(204, { 'upload-offset': '5' }).end())
  on('/uploads/one', () => done)
}

/** Somebody logged in at such a server. */
async function uploader() {
  const { server, browser, tokenStore } = await signedInBrowser()
  takeUploads(server)
  return { server, sdk: wholeSdkIn(browser.tab(), server.url, { services: { tokenStore } }) }
}

/** An upload of which one request is answered as given, and that goes through when it is made anew. */
async function upload(path: string, answer: Parameters<TokenServer['on']>[1]): Promise<Outcome> {
  const { server, sdk } = await uploader()
  server.on(path, answer)
  const error = await rejection(sdk.uploads.createImageUpload({ file }).start())
  takeUploads(server)
  return {
    error,
    obey: async () => expect(await sdk.uploads.createImageUpload({ file }).start()).toBe('the image'),
  }
}

/** What only another file, or another server, changes. */
const refused =
  (status: number): Scenario =>
  async () => {
    const { error } = await upload('/files/', refusal(status, 'not_this_one'))
    return { error, obey: says(error, String(status), 'not_this_one', 'because') }
  }

/** The codes of uploads. */
export const uploads: Scenarios<
  | 'upload_aborted'
  | 'upload_refused'
  | 'upload_too_large'
  | 'upload_failed'
  | 'unreadable_file'
  | 'storage_unavailable'
> = {
  upload_aborted: async () => {
    const { sdk } = await uploader()
    const { start, abort } = sdk.uploads.createImageUpload({ file })
    await abort()
    return {
      error: await rejection(start()),
      obey: async () => expect(await sdk.uploads.createImageUpload({ file }).start()).toBe('the image'),
    }
  },

  upload_refused: refused(403),
  upload_too_large: refused(413),

  upload_failed: async () => {
    const { error } = await upload('/uploads/one', () => ({ status: 'error', error: 'It is no picture.' }))
    return { error, obey: says(error, 'It is no picture.') }
  },

  unreadable_file: async () => {
    const { sdk } = await uploader()
    const gone = Object.assign(new File(['bytes'], 'gone.png'), {
      slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }),
    })
    return {
      error: await rejection(sdk.uploads.createImageUpload({ file: gone }).start()),
      obey: async () => expect(await sdk.uploads.createImageUpload({ file }).start()).toBe('the image'),
    }
  },

  storage_unavailable: () => upload('/health_check', () => ({ data: { network: { content_nodes: [] } } })),
}
