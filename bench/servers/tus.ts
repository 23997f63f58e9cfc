/** A tus server and its file store with nothing around them. It prints its address when it is ready. */
import { createServer } from 'node:http'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const { PORT = '0', DATA_DIR: directory = '' } = process.env
const tus = new Server({ path: '/files', datastore: new FileStore({ directory }) })
const server = createServer((request, response) => void tus.handle(request, response))
server.listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address()
  if (address instanceof Object) process.stdout.write(`http://localhost:${address.port}\n`)
})
