/**
 * The network as native code gives it to Expo and React Native, made of Node's. What lies above it is real: Expo's `fetch`,
 * React Native's `Blob` and `FileReader`. So a `file://` is really read, and requests are written as on a phone.
 */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

interface BlobPart {
  readonly blobId: string
  readonly offset: number
  readonly size: number
}

/** Starts a request of Node's; a file is an answer, too, as on phones. */
async function load(url: string, init: RequestInit): Promise<Response> {
  if (!url.startsWith('file:')) return globalThis.nodeFetch(url, init)
  return new Response(await readFile(fileURLToPath(url)))
}

/** What React Native's blobs refer to. */
const kept = new Map<string, Uint8Array>()

const NativeBlobModule = {
  getConstants: () => ({ BLOB_URI_SCHEME: 'blob', BLOB_URI_HOST: null }),
  release: (blobId: string) => kept.delete(blobId),
}

const NativeFileReaderModule = {
  readAsDataURL: async ({ blobId, offset, size }: BlobPart) => {
    const bytes = kept.get(blobId)?.subarray(offset, offset + size)
    if (!bytes) throw new Error('There is no such blob.')
    return `data:;base64,${Buffer.from(bytes).toString('base64')}`
  },
}

jest.doMock('react-native/Libraries/Blob/NativeBlobModule', () => ({
  __esModule: true,
  default: NativeBlobModule,
}))
jest.doMock('react-native/Libraries/Blob/NativeFileReaderModule', () => ({
  __esModule: true,
  default: NativeFileReaderModule,
}))

class NativeResponse extends globalThis.expo.SharedObject {
  answer = new Response()

  get _rawHeaders() {
    return [...this.answer.headers]
  }
  get status() {
    return this.answer.status
  }
  get statusText() {
    return this.answer.statusText
  }
  get url() {
    return this.answer.url
  }
  get redirected() {
    return this.answer.redirected
  }
  arrayBuffer() {
    return this.answer.arrayBuffer()
  }
  text() {
    return this.answer.text()
  }
}

class NativeRequest extends globalThis.expo.SharedObject {
  readonly #controller = new AbortController()
  readonly #response: NativeResponse

  constructor(response: NativeResponse) {
    super()
    this.#response = response
  }

  async start(url: string, { headers, method, redirect }: RequestInit, body: Uint8Array<ArrayBuffer> | null) {
    const { signal } = this.#controller
    this.#response.answer = await load(url, { headers, method, redirect, body, signal } as RequestInit)
  }

  cancel() {
    this.#controller.abort()
  }
}

async function unstable_createBlobData(bytes: Uint8Array): Promise<string> {
  const blobId = randomUUID()
  kept.set(blobId, bytes)
  return blobId
}

globalThis.expo.modules.ExpoFetchModule = { NativeRequest, NativeResponse, unstable_createBlobData }

/** Puts in place of Node's what an app on a phone finds by this name. */
const install = (name: string, value: unknown) =>
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })

install('Blob', require('react-native/Libraries/Blob/Blob').default)
install('FileReader', require('react-native/Libraries/Blob/FileReader').default)
install('fetch', require('expo/fetch').fetch)
