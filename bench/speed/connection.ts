import { connect, type Socket } from 'node:net'

/** An answer as it came, with as much of it read as a client needs. */
export interface Answer {
  readonly status: number
  readonly head: string
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

  end(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #read(): void {
    const end = this.#received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#received.toString('latin1', 0, end)
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
    const total = end + 4 + length
    if (this.#received.length < total) return
    const body = this.#received.toString('utf8', end + 4, total)
    this.#received = this.#received.subarray(total)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve({ status: Number(head.slice(9, 12)), head, body })
  }
}

/** A request as bytes. `address` is where a proxy says that it came from, so that no network stands for all. */
export function request(
  line: string,
  headers: Readonly<Record<string, string>>,
  address: string,
  body = '',
): Buffer {
  const all = {
    host: 'localhost',
    'x-forwarded-for': address,
    ...headers,
    ...(body !== '' && { 'content-length': String(Buffer.byteLength(body)) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}
