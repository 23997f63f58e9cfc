import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { wholeSdkIn } from '@stagedoor/testkit/sdk'
import { App } from '@stagedoor/testkit/wire-app'
import { type Person, signedIn } from '@stagedoor/testkit/wire-browser'
import type { UploadFile, UploadProgress } from '../../sdk/src/browser.ts'
import { memoryTokenStore, type TokenStore } from '../../sdk/src/platform/token-store.ts'

const redirectUri = 'https://app.example/cb'

/** Somebody in a browser whose pages can be loaded anew. */
export interface Uploader {
  readonly tokenStore: TokenStore
  /** The SDK of a page: one more on the same storage. */
  page(): ReturnType<typeof wholeSdkIn>
}

/** Logs somebody in to an app of a server. */
export async function uploaderAt(
  url: string,
  apiKey: string,
  person: Person,
  {
    browser = new FakeBrowser(),
    scope = 'write',
  }: { readonly browser?: FakeBrowser; readonly scope?: 'read' | 'write' } = {},
): Promise<Uploader> {
  const app = new App(url, { apiKey }, redirectUri)
  const { access, refresh } = await app.pair(await signedIn(url, person), { scope })
  const tokenStore = memoryTokenStore()
  await tokenStore.setTokens(access, refresh, 3600)
  return {
    tokenStore,
    page: () => wholeSdkIn(browser.tab(), url, { apiKey, services: { tokenStore } }),
  }
}

/** The redirect URI that an app must register for this. */
export const uploaderRedirectUri: string = redirectUri

/** A song as a file of somebody's disk. */
export const songFile = (bytes: Uint8Array<ArrayBuffer>, name = 'song.wav'): File =>
  new File([bytes], name, { type: 'audio/wav', lastModified: 1 })

/** Starts an upload of audio whose progress a test follows. */
export function follow(
  { uploads }: Pick<ReturnType<Uploader['page']>, 'uploads'>,
  file: UploadFile,
  onProgress: (progress: UploadProgress) => void = () => {},
) {
  const seen: UploadProgress[] = []
  const upload = uploads.createAudioUpload({
    file,
    onProgress: (progress) => {
      seen.push(progress)
      onProgress(progress)
    },
  })
  return Object.assign(upload, { seen })
}

/** The stored original of an audio upload. */
export const storedIn = (folder: string, cid: string): Buffer =>
  readFileSync(join(folder, 'content', cid, 'audio'))
