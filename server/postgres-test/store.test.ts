import { newDatabase } from '../../testkit/databases.ts'
import { openPostgresStore } from '../src/store/postgres/store.ts'
import { storeContract } from '../test/store/contract.ts'

storeContract('on PostgreSQL', async () => {
  const url = await newDatabase()
  if (url === undefined) throw new Error('There is no PostgreSQL to test on')
  return openPostgresStore({ url, connections: 10, prepares: true })
})
