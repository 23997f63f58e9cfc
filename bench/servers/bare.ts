/** A tus server and its file store with nothing around them: `node bare.ts FOLDER`. It prints its address when it is ready. */
import { createServer } from 'node:http'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const [, , directory = ''] = process.argv
const tus = new Server({ path: '/files', datastore: new FileStore({ directory }) })
const server = createServer((request, response) => void tus.handle(request, response))
server.listen(0, 'localhost', () => {
  const address = server.address()
  if (address instanceof Object) process.stdout.write(`http://localhost:${address.port}\n`)
})
