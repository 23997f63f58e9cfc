import { httpsServer, jsonHandler } from '@stagedoor/testkit/https-server'
import { App, type Changes } from '@stagedoor/testkit/wire-app'

export const redirectUri = 'https://agent.example/cb'
const native = 'http://127.0.0.1/callback'

type Members = Readonly<Record<string, unknown>>

/** What a client says of itself at an address. */
export const documentAt = (address: string, changes: Members = {}): Members => ({
  client_id: address,
  client_name: 'Tidy Agent',
  redirect_uris: [redirectUri, native],
  token_endpoint_auth_method: 'none',
  ...changes,
})

export interface Documents {
  readonly home: Awaited<ReturnType<typeof httpsServer>>
  /** An address with a document of its own. */
  address(changes?: Members, headers?: Readonly<Record<string, string>>): string
}

/** Where clients lay their documents. */
export async function documents(): Promise<Documents> {
  const home = await httpsServer()
  let made = 0
  return {
    home,
    address: (changes = {}, headers = {}) => {
      made += 1
      const path = `/agents/${made}.json`
      return home.on(path, jsonHandler(documentAt(home.url + path, changes), headers))
    },
  }
}

/** An app that sends the address of its document as its `client_id`. */
export class Agent extends App {
  constructor(at: string, address: string, uri = redirectUri) {
    super(at, { apiKey: address }, uri)
  }
  override authorizePath(changes: Changes = {}, verifier?: string): string {
    return super.authorizePath({ api_key: null, client_id: this.apiKey, ...changes }, verifier)
  }
}
