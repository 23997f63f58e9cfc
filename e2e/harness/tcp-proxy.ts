import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What a proxy sees pass. */
export interface Passing {
  /** What the client sent in this piece. */
  readonly sent: Buffer
  /** Bytes that the client has sent on this connection, this piece included. */
  readonly total: number
  /** Cuts the connection on both sides; the piece does not pass. */
  cut(): void
  /** Lets this piece pass, and cuts the connection when the server answers. */
  cutAnswer(): void
}

export interface TcpProxy {
  /** Decides about every piece that a client sends, from now on. */
  watch(see: (passing: Passing) => void): void
  stop(): Promise<void>
}

/** Carries connections from a port to another on this machine, and loses them as a test decides. */
export async function startTcpProxy(port: number, serverPort: number): Promise<TcpProxy> {
  let see = (_passing: Passing) => {}
  const open = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connect(serverPort, 'localhost')
    const both = [client, server]
    const cut = () => {
      for (const socket of both) socket.destroy()
    }
    let total = 0
    let losesAnswer = false
    for (const socket of both) {
      open.add(socket)
      socket.on('error', cut)
      socket.on('close', () => {
        open.delete(socket)
        cut()
      })
    }
    client.on('data', (sent) => {
      total += sent.length
      see({
        sent,
        total,
        cut,
        cutAnswer: () => {
          losesAnswer = true
        },
      })
      if (!server.destroyed) server.write(sent)
    })
    server.on('data', (answer) => {
      if (losesAnswer) cut()
      else client.write(answer)
    })
  }).listen(port, 'localhost')
  await once(proxy, 'listening')
  return {
    watch: (next) => {
      see = next
    },
    stop: async () => {
      proxy.close()
      for (const socket of open) socket.destroy()
      await once(proxy, 'close')
    },
  }
}
