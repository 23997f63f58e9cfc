import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

export interface Site {
  readonly origin: string
  stop(): Promise<void>
}

interface Content {
  readonly type: string
  readonly body: string | Buffer
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** Serves what `find` answers for a path; 404 for null. */
export async function serve(
  find: (path: string) => Promise<Content | null> | Content | null,
  {
    host = 'localhost',
    port = 0,
    headers = {},
  }: { host?: string; port?: number; headers?: Readonly<Record<string, string>> } = {},
): Promise<Site> {
  const server = createServer(async (request, response) => {
    const content = await find(new URL(request.url ?? '/', 'http://localhost').pathname)
    response.writeHead(content ? 200 : 404, { ...headers, 'content-type': content?.type ?? 'text/plain' })
    response.end(content?.body)
  }).listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return {
    origin: `http://${host}:${address.port}`,
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** Reads a file below a folder, for `serve`. */
export async function fileIn(folder: string, path: string): Promise<Content | null> {
  const file = join(folder, normalize(path === '/' ? '/index.html' : path))
  const body = await readFile(file).catch(() => null)
  return body && { type: types[extname(file)] ?? 'application/octet-stream', body }
}
