import { once } from 'node:events'
import { createServer } from 'node:http'
import { CommandError } from '../terminal.ts'

/** Where a person comes back to. */
export interface Listener {
  /** The next answer. */
  next(): Promise<URLSearchParams>
  close(): void
}

/** Listens at a redirect URI of this machine for what the browser brings back. @throws CommandError when it cannot */
export async function listenAt(redirectUri: string): Promise<Listener> {
  const { protocol, hostname, port, pathname } = new URL(redirectUri)
  if (protocol !== 'http:' || port === '')
    throw new CommandError(
      '--redirect-uri must be of this machine, with a port, such as http://localhost:4499/cb.',
    )
  let arrived = (_: URLSearchParams): void => {}
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', redirectUri)
    response.setHeader('content-type', 'text/plain; charset=utf-8')
    if (url.pathname !== pathname) response.writeHead(404).end()
    else {
      response.end('This is noted. You can go back to the terminal.\n')
      arrived(url.searchParams)
    }
  })
  server.listen(Number(port), hostname.replace(/^\[|\]$/g, ''))
  await once(server, 'listening')
  return {
    next: () =>
      new Promise((resolve) => {
        arrived = resolve
      }),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
