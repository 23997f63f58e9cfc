import { afterAll, beforeAll } from 'vitest'
import { storeContract } from '../test/store/contract.ts'
import { emptiedStore } from './emptied-store.ts'

let emptied: Awaited<ReturnType<typeof emptiedStore>>

beforeAll(async () => {
  emptied = await emptiedStore()
})
afterAll(() => emptied.end())

storeContract('on PostgreSQL', () => emptied.next())
