import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { httpsServer, jsonHandler } from '@stagedoor/testkit/https-server'
import { fileServer } from '@stagedoor/testkit/server'
import { Browser, nova } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { works } from './world.ts'

test('the MCP SDK logs in and calls a tool, knowing the address alone', async () => {
  const server = await fileServer({ PRIVATE_NETWORKS: '127.0.0.1,::1' })
  const home = await httpsServer()
  const redirectUri = 'https://agent.example/cb'
  const clientMetadata = {
    client_id: `${home.url}/agent.json`,
    client_name: 'Foreign agent',
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'none',
  }
  home.on('/agent.json', jsonHandler(clientMetadata))

  const kept = {}
  const authProvider = {
    redirectUrl: redirectUri,
    clientMetadataUrl: clientMetadata.client_id,
    clientMetadata,
    state: () => 's',
    clientInformation: () => kept.client,
    saveClientInformation: (client) => Object.assign(kept, { client }),
    tokens: () => kept.tokens,
    saveTokens: (tokens) => Object.assign(kept, { tokens }),
    codeVerifier: () => kept.verifier,
    saveCodeVerifier: (verifier) => Object.assign(kept, { verifier }),
    redirectToAuthorization: (address) => Object.assign(kept, { address }),
  }
  const transport = () => new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { authProvider })
  const refused = transport()
  await expect(new Client({ name: 'foreign', version: '1' }).connect(refused)).rejects.toThrow(
    UnauthorizedError,
  )
  const person = new Browser(server.url)
  const consent = await person.signIn(await person.open(kept.address.pathname + kept.address.search), nova)
  const back = new URL((await person.allow(consent)).leftFor ?? '')
  await refused.finishAuth(back.searchParams.get('code'))

  const client = new Client({ name: 'foreign', version: '1' })
  await client.connect(transport())
  const { content } = await client.callTool({ name: 'getMe', arguments: {} })
  expect(JSON.parse(content[0].text)).toMatchObject({ handle: 'nova' })
  await client.close()
  works(
    '@modelcontextprotocol/sdk',
    'the address of `/mcp`; its client id is the address of its own metadata',
  )
})
