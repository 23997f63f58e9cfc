import { learn } from './errors.ts'
import { lateCatalogue } from './late-catalogue.ts'

/** What talks to the server: one file to load with the first request. */

export { clientOf } from './http/client.ts'
export { sendLogouts } from './session/revocations.ts'
export { trade } from './session/trade.ts'

learn(lateCatalogue)
