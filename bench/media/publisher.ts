import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Installed, installed } from '../speed/stagedoor.ts'

/** An answer of the API. */
export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** Somebody who uploads and publishes with the token of an app. */
export interface Publisher {
  readonly url: string
  /** With which the person publishes. */
  readonly token: string
  /** Sends a file and waits for what becomes of it: its status, or why it was refused at once. */
  upload(bytes: Buffer, template: 'audio' | 'img_square' | 'img_backdrop'): Promise<Answer['body']>
  call(method: string, path: string, body?: unknown): Promise<Answer>
  /** Where the server keeps the bytes of a CID. */
  stored(cid: string): string
  end(): Promise<void>
}

const tus = { 'tus-resumable': '1.0.0' }

/** Starts a server of its own with a person who publishes. */
export const publisher = async (): Promise<Publisher> => publisherOn(await installed())

/** The person of a server as one who publishes. */
export async function publisherOn({ server, apiKey, redirectUri, login }: Installed): Promise<Publisher> {
  const { url } = server
  const { code, codeVerifier } = await login('write')
  const exchange = {
    grant_type: 'authorization_code',
    code,
    code_verifier: codeVerifier,
    client_id: apiKey,
    redirect_uri: redirectUri,
  }
  const issued = await fetch(`${url}/v1/oauth/token`, { method: 'POST', body: new URLSearchParams(exchange) })
  const { access_token: token } = await issued.json()
  const bearer = { authorization: `Bearer ${token}` }

  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const headers = { ...bearer, 'content-type': 'application/json' }
    const response = await fetch(url + path, { method, headers, ...sent })
    return { status: response.status, body: Object(await response.json()) }
  }

  return {
    url,
    token,
    call,
    async upload(bytes, template) {
      const metadata = `template ${Buffer.from(template).toString('base64')}`
      const created = await fetch(`${url}/files`, {
        method: 'POST',
        headers: { ...tus, ...bearer, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
      })
      const location = created.headers.get('location')
      if (location === null) throw new Error(`The server answered ${created.status}`)
      const sent = await fetch(location, {
        method: 'PATCH',
        headers: {
          ...{ ...tus, ...bearer, 'upload-offset': '0' },
          'content-type': 'application/offset+octet-stream',
        },
        body: new Uint8Array(bytes),
      })
      if (sent.status !== 204) return { status: 'error', error: (await sent.json()).error_description }
      for (;;) {
        const { body } = await call('GET', new URL(location.replace('/files/', '/uploads/')).pathname)
        if (body['status'] === 'done' || body['status'] === 'error') return body
        await setTimeout(30)
      }
    },
    stored: (cid) => join(server.folder, 'content', cid, 'audio'),
    end: () => server.end(),
  }
}
