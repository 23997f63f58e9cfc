import { join } from 'node:path'
import { command, temporaryFolder } from '@stagedoor/testkit/command'
import { testServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { expect } from 'vitest'

const uri = 'https://app.example/cb'

/** A server on a folder of its own, and the command line beside it. */
export async function operated() {
  const folder = join(temporaryFolder(), 'data')
  let server = await testServer({ DATA_DIR: folder })
  const apiKey = await server.register('Operated', uri)
  const run = (...args: string[]) =>
    command(args, { settings: { DATA_DIR: folder }, input: 'new pass-phrase\n' })
  return {
    folder,
    url: server.url,
    app: new App(server.url, { apiKey }, uri),
    apiKey,
    run,
    json: async (...args: string[]) => {
      const { code, out, err } = await run(...args, '--json')
      expect({ code, err }).toEqual({ code: 0, err: '' })
      return JSON.parse(out)
    },
    stop: () => server.stop(),
    again: async () => {
      server = await testServer({ DATA_DIR: folder, PORT: String(server.port) })
    },
  }
}
