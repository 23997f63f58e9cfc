import { connect } from 'node:net'

/** Sends bytes as they are, and answers all that comes back until the server closes the connection. */
export function raw(origin: string, bytes: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.on('data', (part) => parts.push(part))
    socket.on('error', reject)
    socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')))
  })
}

/** One request with headers that clients do not send, over a connection of its own. */
export async function rawRequest(
  origin: string,
  line: string,
  headers: readonly string[] = [],
  body = '',
): Promise<{ readonly status: number; readonly head: string; readonly body: string }> {
  const host = headers.some((header) => /^host:/i.test(header)) ? [] : [`Host: ${new URL(origin).host}`]
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const lines = [`${line} HTTP/1.1`, ...host, ...headers, ...length, 'Connection: close', '', '']
  const answer = await raw(origin, lines.join('\r\n') + body)
  const [head = '', ...rest] = answer.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head, body: rest.join('\r\n\r\n') }
}
