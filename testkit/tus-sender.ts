import { expect, vi } from 'vitest'
import { get } from './wire-app.ts'

type Headers = Readonly<Record<string, string>>

/** Something that speaks tus to a server, by hand. */
export class Sender {
  readonly origin: string
  readonly token: string | null

  constructor(origin: string, token: string | null = null) {
    this.origin = origin
    this.token = token
  }

  /** Any request to `/files/`, with what every tus request has; `null` leaves a header out. */
  request(
    method: string,
    url: string,
    headers: Readonly<Record<string, string | null>> = {},
    body?: BodyInit,
  ): Promise<Response> {
    const all = {
      'tus-resumable': '1.0.0',
      ...(this.token !== null && { authorization: `Bearer ${this.token}` }),
      ...headers,
    }
    const sent = Object.entries(all).flatMap(([name, value]) =>
      value === null ? [] : [[name, value] satisfies [string, string]],
    )
    const streaming = body instanceof ReadableStream ? { duplex: 'half' as const } : {}
    return fetch(new URL(url, `${this.origin}/files/`), {
      method,
      headers: sent,
      ...(body !== undefined && { body }),
      ...streaming,
    })
  }

  post(length: number | string, metadata: Headers = {}, headers: Headers = {}): Promise<Response> {
    return this.request('POST', '', {
      'upload-length': String(length),
      ...(Object.keys(metadata).length > 0 && { 'upload-metadata': metadataOf(metadata) }),
      ...headers,
    })
  }

  /** Creates an upload and answers its URL. */
  async create(length: number, metadata: Headers = {}): Promise<string> {
    const response = await this.post(length, metadata)
    expect(response.status).toBe(201)
    const url = response.headers.get('location') ?? ''
    expect(url).toMatch(/\/files\/[A-Za-z0-9_-]{22,}$/)
    return url
  }

  patch(url: string, offset: number | string, body: BodyInit, headers: Headers = {}): Promise<Response> {
    const sent = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
    return this.request('PATCH', url, { ...sent, ...headers }, body)
  }

  async offset(url: string): Promise<number> {
    const response = await this.request('HEAD', url)
    expect(response.status).toBe(200)
    return Number(response.headers.get('upload-offset'))
  }

  /** Sends a whole file in one request; answers its id. */
  async send(bytes: Uint8Array<ArrayBuffer>, metadata: Headers = {}): Promise<string> {
    const url = await this.create(bytes.length, metadata)
    const response = await this.patch(url, 0, bytes)
    expect(response.status).toBe(204)
    expect(response.headers.get('upload-offset')).toBe(String(bytes.length))
    return idOf(url)
  }

  /**
   * What has become of an upload once it is done or has failed.
   * @param timeout milliseconds that it may take
   */
  ended(id: string, timeout = 45_000): Promise<Readonly<Record<string, unknown>>> {
    return vi.waitFor(
      async () => {
        const { body } = await get(`${this.origin}/uploads/${id}`)
        if (body['status'] !== 'done' && body['status'] !== 'error') throw new Error(JSON.stringify(body))
        return body
      },
      { timeout, interval: 50 },
    )
  }
}

export const idOf = (url: string): string => url.split('/').at(-1) ?? ''

/** Writes an Upload-Metadata header. */
export const metadataOf = (metadata: Headers): string =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')
