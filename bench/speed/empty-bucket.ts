import { once } from 'node:events'
import { createServer } from 'node:http'
import { freePort } from '@stagedoor/testkit/ports'

const nothing = '<?xml version="1.0"?><ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>'

/** An object store with nothing in it: several processes look whether there is one, and no token is checked there. */
export interface EmptyBucket {
  /** What a server of ours is given to find it. */
  readonly settings: Readonly<Record<string, string>>
  end(): void
}

/** Serves one from this process. */
export async function emptyBucket(): Promise<EmptyBucket> {
  const port = await freePort()
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(nothing)
    })
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  return {
    settings: {
      MEDIA_URL: `s3://bench?region=us-east-1&endpoint=http://127.0.0.1:${port}`,
      ...{ AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' },
    },
    end() {
      server.closeAllConnections()
      server.close()
    },
  }
}
