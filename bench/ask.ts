import { type Agent, type IncomingHttpHeaders, request } from 'node:http'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: string | undefined
  readonly type?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly agent?: Agent
}

export interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** A request whose answer is read whole; status 0 is a connection that was ended instead. */
export function ask(url: string, { method, path, body, type, headers, agent }: Asked): Promise<Answered> {
  return new Promise((resolve) => {
    const given = { ...headers, ...(type !== undefined && { 'content-type': type }) }
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const sent = request(url + path, { method, headers: { ...given, ...length }, agent }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.once('close', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    sent.once('error', () => resolve({ status: 0, headers: {}, text: '' }))
    sent.end(body)
  })
}
