import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** An answer as it came. */
export interface Answer {
  readonly status: number
  readonly head: string
  readonly bytes: Buffer
  /** The bytes as text. */
  readonly body: string
}

/** One kept-alive connection that sends whole requests as bytes and reads one answer after the other. */
export class Connection {
  readonly #socket: Socket
  #received = Buffer.alloc(0)
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1')
    this.#socket.setNoDelay(true)
    this.#socket.on('data', (part) => {
      this.#received = this.#received.length === 0 ? part : Buffer.concat([this.#received, part])
      this.#read()
    })
    this.#socket.on('error', (error) => this.#waiting?.reject(error))
    this.#socket.on('close', () => this.#waiting?.reject(new Error('The connection was closed.')))
  }

  /** Sends a request; answers once its answer is whole. */
  ask(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  async end(): Promise<void> {
    this.#waiting = undefined
    const closed = once(this.#socket, 'close')
    this.#socket.destroy()
    await closed
  }

  #read(): void {
    const end = this.#received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#received.toString('latin1', 0, end)
    const body = bodyOf(head, this.#received.subarray(end + 4))
    if (body === undefined) return
    const { bytes } = body
    this.#received = this.#received.subarray(end + 4 + body.length)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve({
      status: Number(head.slice(9, 12)),
      head,
      bytes,
      get body() {
        return bytes.toString()
      },
    })
  }
}

/** What follows a head: its content, and how many bytes that took; undefined while it is not whole (RFC 9112 §6.3). */
function bodyOf(head: string, rest: Buffer): { readonly bytes: Buffer; readonly length: number } | undefined {
  if (!/^transfer-encoding: *chunked/im.test(head)) {
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
    return rest.length < length ? undefined : { bytes: rest.subarray(0, length), length }
  }
  const chunks: Buffer[] = []
  for (let at = 0; ; ) {
    const line = rest.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(rest.toString('latin1', at, line), 16)
    const next = line + 2 + size + 2
    if (rest.length < next) return undefined
    if (size === 0) return { bytes: Buffer.concat(chunks), length: next }
    chunks.push(rest.subarray(line + 2, line + 2 + size))
    at = next
  }
}

/** A header of an answer. */
export const headerOf = ({ head }: Answer, name: string): string | undefined =>
  new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim()

/** A request as bytes. `address` is where a proxy says that it came from, so that no network stands for all. */
export function request(
  line: string,
  headers: Readonly<Record<string, string>>,
  address: string,
  body: string | Buffer = '',
): Buffer {
  const all = {
    host: 'localhost',
    'x-forwarded-for': address,
    ...headers,
    ...(body.length > 0 && { 'content-length': String(Buffer.byteLength(body)) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return Buffer.concat([
    Buffer.from(`${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`),
    typeof body === 'string' ? Buffer.from(body) : body,
  ])
}
