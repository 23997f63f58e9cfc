import { writeTable } from '@stagedoor/testkit/document'
import { afterAll } from 'vitest'
import { rows } from './world.ts'
import './browser-clients.ts'
import './incumbent-clients.ts'
import './incumbent-models.ts'
import './incumbent-types.ts'
import './mcp-client.ts'
import './oauth-clients.ts'
import './openid-clients.ts'
import './debian-clients.ts'

const head = '| client | version | what had to be configured beside the client id and the redirect URI |'
afterAll(() => writeTable('clients.md', 'clients', head, rows.toSorted()))
