import { writeTable } from '@stagedoor/testkit/document'
import { afterAll, beforeAll } from 'vitest'
import { installSdk } from './harness.ts'
import { rows, server } from './world.ts'
import './workerd.ts'
import './tools.ts'
import './routers.ts'
import './extension.ts'
import './frameworks.ts'

beforeAll(() => installSdk(server.url))
afterAll(() => writeTable('habitats.md', 'habitats', '| where | version | what is tested |', rows.toSorted()))
